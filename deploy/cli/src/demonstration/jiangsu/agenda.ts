import { acknowledged, approved, notified, planFiled } from '../campaign.js';
import { byDay, type Scene } from '../drama.js';
import { nameOf } from '../play.js';
import { accountsWritten, registered } from '../register.js';
import { caughtUp } from '../stage-hand.js';
import { checked, decided, drawn, quiet, sampleOf, type FiledCase } from './checks.js';
import type { Expected } from './expected.js';
import { copiesRead, keptRecords, reported } from './reports.js';
import type { Play } from './scenario.js';

/** The whole campaign, day by day. */
export function agendaFor(play: Play, expected: Expected, accountsFile: string): Scene[] {
  const { bodies, data, units } = play.scenario;
  const { days } = data;
  const cases: FiledCase[] = [];
  return byDay([
    { on: days.registered, scene: async () => {
      const done = await registered(play, bodies, data.filedOn);
      accountsWritten(play, accountsFile);
      return `登记职业卫生技术服务机构 ${done} 家（均为虚构）`;
    } },
    { on: days.approved, scene: async () => {
      const line = await approved(play);
      await caughtUp(play);
      return line;
    } },
    { on: days.notified, scene: async () => {
      await planFiled(play, { code: '*', name: data.name }, data.planText);
      return '省级实施方案已报送';
    } },
    { on: days.notified, scene: async () => `各市督促到每一家：${await notified(play, days.notified)} 个市` },
    { on: days.notified, scene: async () => `签收 ${await acknowledged(play)} 家` },
    { on: days.study, scene: () => keptRecords(play, 'study', days.study) },
    { on: days.lists, scene: () => keptRecords(play, 'issue-list', days.lists) },
    { on: days.lists, scene: () => keptRecords(play, 'rectification-plan', days.lists) },
    ...[...new Set([days.early, ...days.reports, days.late])].map((on) => ({ on, scene: () => reported(play, on) })),
    { on: days.drawn, scene: () => drawn(play, expected) },
    { on: days.reopened, scene: () => reopened(play, expected) },
    { on: days.reopened, scene: () => quiet(play) },
    { on: days.reopened, scene: async () => {
      let read = 0;
      await play.each('抄送的报告', units, async ({ code }) => {
        const copies = await copiesRead(play, code);
        play.journal.equal(`${code} 抄送的份数`, copies, expected.copies.get(code));
        read += copies;
      }, nameOf);
      return `各市查阅抄送的报告 ${read} 份`;
    } },
    ...[days.drawn, ...days.visits].map((on) => ({ on, scene: () => checked(play, on, cases) })),
    { on: days.decisions, scene: () => decided(play, cases, expected, days.decisions) },
    { on: days.finished, scene: () => Promise.resolve(null) },
  ]);
}

/** After 24:00 of the last day: whoever is late is in the sample, whoever was not late after all is not kept in it. */
async function reopened(play: Play, expected: Expected): Promise<string> {
  const { members } = await sampleOf(play);
  const named = (ids: readonly string[]) => play.scenario.bodies.filter((body) => ids.includes(play.idOf(body))).map(({ name }) => name);
  const inside = named(members.filter(({ removedAt }) => removedAt === null).map(({ institutionId }) => institutionId));
  const late = [...expected.late, ...expected.silent];
  play.journal.equal('逾期的机构列入检查范围', late.filter((name) => !inside.includes(name)), []);
  const out = named(members.filter(({ how, removedAt }) => how === 'added' && removedAt !== null).map(({ institutionId }) => institutionId));
  play.journal.expect('经核实并未逾期的不因逾期列入', out.every((name) => expected.lifted.includes(name)));
  return `10月10日24时以后补充列入 ${members.filter(({ how, removedAt }) => how === 'added' && removedAt === null).length} 家，列为重点监督`;
}
