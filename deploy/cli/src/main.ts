import { run } from './run.js';

const { env } = process;
/** npm changes to the repository first; relative paths are meant from where the person stands. */
const cwd = (env['npm_lifecycle_event'] === 'cli' ? env['INIT_CWD'] : undefined) ?? process.cwd();

/** Whoever reads may stop reading (`| head`): that is no fault of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? 0 : 2); });

process.exitCode = await run(process.argv.slice(2), { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text), env, cwd });
