import { join } from 'node:path';
import { setting, type RoomDescription } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { ArchiveQueries } from './archive/archive.queries.js';
import { ArchiveService } from './archive/archive.service.js';
import { TemporalRuns } from './archive/temporal-runs.js';
import { AuditController } from './audit/audit.controller.js';
import { ExportService, KeyOfLog } from './audit/export.service.js';
import { RoomsBehind } from './audit/rooms.js';
import { bridgeHandlers } from './bridge/bridge.js';
import { logRoom } from './log/log.controller.js';
import { logKey } from './log/log-key.js';
import type { RunningLog } from './log/run-log.js';
import { client } from './temporal-client.js';

/** The data folder's key of the log. */
export const keyOfLog = () => logKey(setting('LOG_KEY_FILE', join(setting('ZHIJIAN_DATA', '.local'), 'log-key.json')));

/** The workflows' room: it starts and signals, archives what has ended, and answers auditors. */
export const workflowsRoom = (evidence: RunningLog): RoomDescription => ({
  room: 'workflows', states: false, hears: ['inspection', 'quality-control', 'publication'],
  handlers: { inject: [], make: () => bridgeHandlers(client) },
  controllers: [AuditController, ...(logRoom(evidence).controllers ?? [])],
  providers: [
    ...(logRoom(evidence).providers ?? []),
    ArchiveService, ArchiveQueries, ExportService, { provide: TemporalRuns, useValue: new TemporalRuns(client) }, { provide: RoomsBehind, useValue: new RoomsBehind() },
    { provide: KeyOfLog, useValue: new KeyOfLog(keyOfLog) },
  ],
  sentences: logRoom(evidence).sentences ?? {},
  audited: {
    inject: [DataSource],
    make: (dataSource: DataSource) => async ({ workflowId, campaignId }) => ({
      bridged: await dataSource.query(`select fact_id as "factId", workflow_id as "workflowId", what, at from bridged where workflow_id = $1 or workflow_id like 'campaign/' || $2::text || '%' order by at, fact_id`, [workflowId, campaignId]),
    }),
  },
});
