// The worker of the bare workflows, as a process of its own like the house's workers. Arguments: address, namespace.
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [, , address, namespace] = process.argv;
Runtime.install({ logger: new DefaultLogger('ERROR') });
const workflowBundle = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./bare.workflows.mjs', import.meta.url)), logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, namespace, taskQueue: 'bench', workflowBundle, activities: { nothing: async () => {} }, maxCachedWorkflows: 1000, maxConcurrentActivityTaskExecutions: 8 });
process.on('disconnect', () => { if (worker.getState() === 'RUNNING') worker.shutdown(); });
process.send('ready');
await worker.run();
await connection.close();
