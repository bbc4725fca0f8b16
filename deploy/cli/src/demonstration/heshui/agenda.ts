import type { Pack } from '@zhijian/policy';
import { approved, known } from '../campaign.js';
import { byDay, type Scene } from '../drama.js';
import { accountsWritten, registered } from '../register.js';
import { caughtUp } from '../stage-hand.js';
import { baselineRegistered, confirmed, countyRecorded, sent } from './records.js';
import type { Play } from './scenario.js';
import { figuresEntered, targetsHold } from './targets.js';
import { checked, decided } from './visits.js';

/** The two years, day by day. */
export function agendaFor(play: Play, pack: Pack, accountsFile: string): Scene[] {
  const { bodies, data } = play.scenario;
  const { days, duties, notes } = data;
  const joining = bodies.filter(({ conduct }) => conduct.joins);
  return byDay([
    { on: days.registered, scene: async () => {
      const done = await registered(play, bodies.filter((body) => !joining.includes(body)), data.filedOn);
      accountsWritten(play, accountsFile);
      return `登记各类职业病防治机构 ${done} 家（均为虚构）`;
    } },
    { on: days.approved, scene: async () => {
      const line = await approved(play);
      await caughtUp(play);
      return line;
    } },
    { on: days.baseline, scene: () => baselineRegistered(play, bodies.filter((body) => !joining.includes(body)), days.baseline) },
    { on: days.confirmed, scene: () => confirmed(play, days.confirmed) },
    ...[...days.lists, days.late].map((on) => ({ on, scene: () => sent(play, on) })),
    ...days.visits.map((on) => ({ on, scene: () => checked(play, on) })),
    ...days.decisions.map((on) => ({ on, scene: () => decided(play, on) })),
    ...days.figures.map((on) => ({ on, scene: () => figuresEntered(play, on) })),
    { on: days.halfway, scene: () => targetsHold(play, pack, days.halfway) },
    { on: days.joined, scene: async () => {
      const done = await registered(play, joining, data.filedOn);
      accountsWritten(play, accountsFile);
      await Promise.all(joining.map((body) => known(play, body, 'in')));
      return `新备案 ${done} 家，公开补入名单`;
    } },
    { on: days.training, scene: () => countyRecorded(play, duties.training, notes.training, days.training) },
    { on: days.training, scene: () => confirmed(play, days.training) },
    { on: days.finished, scene: () => Promise.resolve(null) },
  ]);
}
