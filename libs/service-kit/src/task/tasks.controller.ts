import { Controller } from '@nestjs/common';
import { inPlace, type Holder, type Principal } from '@zhijian/access';
import { refuse } from '@zhijian/contracts';
import { task as http } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from '../call.js';
import { Directory } from '../directory/directory.js';
import { RoomName } from '../parked.controller.js';
import { notFound } from '../problem.js';
import { OpenTasks, type OpenTask } from './open-tasks.js';
import { holderOf, offices, type Given } from './task.rules.js';

export type TaskRefusal = 'task-elsewhere' | 'task-person-unfit';
export const taskSentences = {
  'task-elsewhere': '这件事项由{agency}办理，您不在其辖区任职',
  'task-person-unfit': '所选人员现在不在该辖区任职，不能承办',
} satisfies Record<TaskRefusal, string>;

interface Row extends Given { task: string; version: number }
type Shown = Awaited<ReturnType<TasksController['shown']>>[number];

/** What is open in this room and who holds it; who leads hands it on. */
@Controller()
export class TasksController {
  constructor(private readonly open: OpenTasks, private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly directory: Directory, private readonly room: RoomName) {}

  @Serve(http.listTasks)
  async list(@Call() { query, principal }: CallOf<typeof http.listTasks>) {
    this.here(query.room);
    const { limit, unit, holder } = query;
    const person = holder === 'me' ? (principal.personId ?? '') : holder === 'agency' ? undefined : holder;
    const only = person === undefined ? undefined : await this.givenTo(person);
    const items: Shown[] = [];
    for (let cursor = query.cursor; ;) {
      const page = await this.open.of({ limit, cursor, unit, ...(only ? { only } : {}) });
      const shown = await this.shown(page);
      items.push(...shown.filter(({ holder: is }) => (holder === undefined ? true : person === undefined ? is.kind === 'agency' : is.kind === 'person' && is.personId === person)));
      cursor = page.at(-1)?.taskId;
      if (page.length < limit || items.length >= limit) return { items: items.slice(0, limit), next: items.length > limit ? items[limit - 1]!.taskId : page.length < limit ? null : cursor! };
    }
  }

  @Serve(http.assignTask)
  async assign(@Call() { query, body: { taskId, personId, reason }, principal, ifMatch, by }: CallOf<typeof http.assignTask>) {
    this.here(query.room);
    return this.uow.run(by, async (tx) => {
      const found = await this.mine(taskId, principal);
      if ('ok' in found) return found;
      const there = await this.directory.holdersOf(found.jurisdiction, offices);
      if (personId !== null && !there.some((one) => one.personId === personId)) return refuse<TaskRefusal>('task-person-unfit', [], {}, { errors: [{ path: '/personId', message: '不在该辖区任职' }] });
      const written = await tx.execute(
        `insert into task_holder (task, jurisdiction, person_id, since, reason) select $1, $2, $3::uuid, $4, $5 where $6 = 0
         on conflict (task) do nothing`, [taskId, found.jurisdiction, personId, tx.now, reason, ifMatch])
        || await tx.execute('update task_holder set jurisdiction = $2, person_id = $3, since = $4, reason = $5, version = version + 1 where task = $1 and version = $6', [taskId, found.jurisdiction, personId, tx.now, reason, ifMatch]);
      if (!written) throw new StaleWrite();
      tx.note('task assigned', taskId.slice(taskId.indexOf('/') + 1), null, { task: taskId, to: personId ?? 'agency', reason }, found.jurisdiction);
      return { ...found, room: this.room.name, version: ifMatch + 1, holder: holderOf({ personId, since: tx.now, reason }, there, found.agency) };
    });
  }

  private async mine(taskId: string, principal: Principal) {
    const [found] = await this.open.of({ limit: 1, only: [taskId] });
    if (!found) throw notFound('这件未办事项');
    return inPlace(principal, found.jurisdiction) ? found : refuse<TaskRefusal>('task-elsewhere', [], { agency: found.agency });
  }

  async shown(tasks: readonly OpenTask[]) {
    const rows = await this.dataSource.query<Row[]>('select task, person_id as "personId", since, reason, version from task_holder where task = any($1::text[])', [tasks.map(({ taskId }) => taskId)]);
    const there = new Map<string, readonly Holder[]>();
    for (const place of new Set(tasks.filter(({ taskId }) => rows.some((row) => row.task === taskId && row.personId)).map(({ jurisdiction }) => jurisdiction))) there.set(place, await this.directory.holdersOf(place, offices));
    return tasks.map((task) => {
      const row = rows.find((one) => one.task === task.taskId);
      return { ...task, room: this.room.name, version: row?.version ?? 0, holder: holderOf(row, there.get(task.jurisdiction) ?? [], task.agency) };
    });
  }

  private async givenTo(person: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ task: string }[]>('select task from task_holder where person_id::text = $1', [person]);
    return rows.map(({ task }) => task);
  }

  private here(room: string): void {
    if (room !== this.room.name) throw notFound('这个服务');
  }
}
