// Runs a command with a throw-away Postgres in DATABASE_URL: node libs/testing/with-postgres.mjs -- npx jest …
import { spawn } from 'node:child_process';

const { startEngines } = await import(new URL('../../deploy/local/engines.mjs', import.meta.url).href);
const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
const engines = await startEngines({ postgres: true });
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: engines.databaseUrl } });
child.on('exit', async (code) => {
  await engines.stop();
  process.exit(code ?? 1);
});
