import { start } from '@zhijian/service-kit';
import { ArchiveService } from './archive/archive.service.js';
import { runArchiver } from './archive/archiver.js';
import { TemporalRuns } from './archive/temporal-runs.js';
import { runLog } from './log/run-log.js';
import { workflowsRoom } from './room.js';
import { runWorkflows } from './worker.js';

const stopWorkflows = runWorkflows();
const evidence = runLog();
let stopArchiver: () => Promise<void> = async () => undefined;
process.once('SIGTERM', () => void Promise.all([stopWorkflows(), evidence.stop(), stopArchiver()]));
const { app, dataSource } = await start(workflowsRoom(evidence));
stopArchiver = runArchiver(app.get(ArchiveService), app.get(TemporalRuns), dataSource);
