// Runs a command with throw-away engines: node test/faults/with-engines.mjs -- npx jest …
import { spawn } from 'node:child_process';
import { startEngines } from '../../deploy/local/engines.mjs';

const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
const engines = await startEngines({ postgres: true, kafka: true });
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: engines.databaseUrl, KAFKA_BROKERS: engines.kafkaBrokers, KAFKAJS_NO_PARTITIONER_WARNING: '1' } });
child.on('exit', async (code) => {
  await engines.stop();
  process.exit(code ?? 1);
});
