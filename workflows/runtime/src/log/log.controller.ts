import { Controller } from '@nestjs/common';
import { auditLog } from '@zhijian/contracts/http';
import { UnitOfWork } from '@zhijian/persistence';
import { Call, RefusedCall, Serve, type CallOf, type RoomDescription } from '@zhijian/service-kit';
import type { Alarms } from './alarms.js';
import { findingTitles } from './finding.js';
import { KeptFile } from './kept-file.js';
import type { Look } from './watcher.js';
import { Witnesses, witnessSentences, witnessesPath } from './witnesses.js';

/** What the watcher found, and when it last looked. */
export class Watch {
  constructor(readonly alarms: Pick<Alarms, 'all' | 'open'>, readonly looked: () => Look | null) {}
}

/** The log as auditors and operators see it: alarms, countersignatures. */
@Controller()
export class LogController {
  constructor(private readonly watch: Watch, private readonly witnesses: Witnesses) {}

  @Serve(auditLog.listLogAlarms)
  alarms(@Call() { query }: CallOf<typeof auditLog.listLogAlarms>) {
    const all = this.watch.alarms.all();
    const from = query.cursor === undefined ? 0 : all.findIndex(({ id }) => id === query.cursor) + 1;
    const shown = all.slice(from, from + query.limit);
    return {
      items: shown.map(({ id, kind, room, subject, firstAt, lastAt, clearedAt }) => ({ id, kind, title: findingTitles[kind], room, subject, firstAt, lastAt, clearedAt })),
      next: from + shown.length < all.length ? shown.at(-1)!.id : null, open: this.watch.alarms.open(), checked: this.watch.looked(),
    };
  }

  @Serve(auditLog.countersignHead)
  async countersign(@Call() { body, by }: CallOf<typeof auditLog.countersignHead>) {
    const done = await this.witnesses.keep(body, by);
    if (!done.ok) throw new RefusedCall(done);
    return { witness: done.witness, size: done.size };
  }
}

/** The log's part of the workflows room. @param witnesses file with the registered witnesses */
export const logRoom = ({ alarms, looked }: Pick<Watch, 'alarms' | 'looked'>, witnesses = witnessesPath()): Pick<RoomDescription, 'providers' | 'controllers' | 'sentences'> => ({
  controllers: [LogController],
  providers: [{ provide: Watch, useValue: new Watch(alarms, looked) }, { provide: Witnesses, inject: [UnitOfWork], useFactory: (uow: UnitOfWork) => new Witnesses(uow, new KeptFile(witnesses)) }],
  sentences: witnessSentences,
});
