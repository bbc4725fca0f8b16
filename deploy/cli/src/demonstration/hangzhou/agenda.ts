import { byDay, type Scene } from '../drama.js';
import { accountsWritten, registered } from '../register.js';
import { assessmentCirculated, filingClosed, operationsRecorded } from './register.js';
import { acknowledged, amended, approved, known, notified, planFiled, reminded } from '../campaign.js';
import type { Expected } from './expected.js';
import { formOneSent, formOneSupplemented, formTwoSent, formTwoSupplemented, rolledUp, type Forms } from './forms.js';
import { nameOf } from '../play.js';
import { refusedWhileRunning } from './refusals.js';
import { filedAtFirst, reportDay, type Body, type Unit, type Play } from './scenario.js';
import { reported } from './self-checks.js';
import { checked, decided, type FiledCase } from './visits.js';

/** The whole campaign, day by day. */
export function agendaFor(play: Play, forms: Forms, expected: Expected, accountsFile: string): Scene[] {
  const cases: FiledCase[] = [];
  return byDay([...beginning(play, accountsFile), ...reporting(play), ...formOnes(play, forms, expected), ...checking(play, cases, accountsFile), ...ending(play, forms, expected, cases)]);
}

function beginning(play: Play, accountsFile: string): Scene[] {
  const { bodies, data, units } = play.scenario;
  const { days } = data;
  const filed = bodies.filter(filedAtFirst);
  return [
    { on: days.registered, scene: async () => {
      const done = await registered(play, filed, '2019-06-18');
      accountsWritten(play, accountsFile);
      return `登记机构 ${done} 家（均为虚构）`;
    } },
    { on: days.registered, scene: async () => `${data.circular.title}：通报 ${await assessmentCirculated(play)} 家` },
    { on: days.approved, scene: () => approved(play) },
    { on: days.operations, scene: async () => `核实是否实际开展 ${await operationsRecorded(play, filed.filter(({ behaviour }) => !['undetermined', 'outside'].includes(behaviour)), days.operations)} 家` },
    { on: days.early, scene: () => reported(play, days.early) },
    { on: days.notified, scene: async () => `通知到每一家：${await notified(play, days.notified)} 个区、县（市）` },
    { on: days.notified, scene: async () => `报送实施方案 ${await play.each('实施方案', units.filter(({ code }) => code !== data.latePlan.unit), (unit) => ownPlan(play, unit), nameOf)} 份` },
    { on: days.notified, scene: async () => `错误输入逐一拒绝 ${await refusedWhileRunning(play)} 项` },
    { on: days.acknowledged, scene: async () => `签收通知 ${await acknowledged(play)} 家` },
  ];
}

function ownPlan(play: Play, { code, name }: Unit): Promise<void> {
  const { ownDates, planText } = play.scenario.data;
  return planFiled(play, { code, name }, planText, ownDates.unit === code ? [{ duty: ownDates.duty, on: ownDates.on }] : []);
}

function reporting(play: Play): Scene[] {
  const { days, suspension, extension, reminder } = play.scenario.data;
  const amend = async (change: Parameters<typeof amended>[1], text: string): Promise<string> => {
    await amended(play, change);
    return `${text}：${play.scenario.units.find(({ code }) => code === change.unit)?.name ?? change.unit}，${change.reason}`;
  };
  return [
    ...[...new Set([...days.reports, days.papers, ...days.late])].map((on) => ({ on, scene: () => reported(play, on) })),
    { on: suspension.from, scene: () => amend({ kind: 'suspend', unit: suspension.unit, reason: suspension.reason }, '中止') },
    { on: suspension.to, scene: () => amend({ kind: 'resume', unit: suspension.unit, reason: suspension.resumed }, '恢复') },
    { on: extension.decidedOn, scene: () => amend({ kind: 'extend', unit: extension.unit, duty: extension.duty, on: extension.on, reason: extension.reason }, '延期') },
    { on: reminder.on, scene: async () => `催办 ${await reminded(play, reminder.unit, reminder.duty)} 家` },
  ];
}

function formOnes(play: Play, forms: Forms, expected: Expected): Scene[] {
  const { units, data, bodies } = play.scenario;
  const lateUnit = units.filter(({ code }) => code === data.lateFormOne.unit);
  const inTime = units.filter((unit) => !lateUnit.includes(unit));
  const lateReports = bodies.filter((body) => (reportDay(body, data) ?? '') > data.days.formOne);
  const supplementing = inTime.filter(({ code }) => lateReports.some(({ unit }) => unit === code));
  return [
    { on: data.days.formOne, scene: async () => `附表1 按期报送 ${await formOneSent(play, inTime, forms, expected.units, { late: false })} 个区、县（市）` },
    { on: data.lateFormOne.on, scene: async () => `附表1 迟报 ${await formOneSent(play, lateUnit, forms, expected.units, { late: true })} 个，其余不受影响` },
    { on: data.latePlan.on, scene: async () => `实施方案迟报 ${await play.each('实施方案', units.filter(({ code }) => code === data.latePlan.unit), (unit) => ownPlan(play, unit), nameOf)} 份` },
    { on: data.days.formOneSupplement, scene: async () => `附表1 补充 ${await formOneSupplemented(play, supplementing, forms)} 份` },
  ];
}

function checking(play: Play, cases: FiledCase[], accountsFile: string): Scene[] {
  const { bodies, data } = play.scenario;
  const { days } = data;
  const fresh = bodies.filter((body) => !filedAtFirst(body));
  const closing = bodies.filter(({ behaviour }) => behaviour === 'closed-in-july');
  return [
    { on: days.newFiling, scene: async () => {
      const done = await registered(play, fresh, days.newFiling);
      await operationsRecorded(play, fresh, days.newFiling);
      accountsWritten(play, accountsFile);
      await Promise.all(fresh.map((body) => known(play, body, 'in')));
      return `新备案 ${done} 家，公开补入名单`;
    } },
    ...days.visits.map((on) => ({ on, scene: () => checked(play, on, cases) })),
    { on: days.filingClosed, scene: async () => {
      await play.each('注销备案', closing, async (body: Body) => {
        await filingClosed(play, body, days.filingClosed);
        await known(play, body, 'idle');
      }, nameOf);
      return `注销备案 ${closing.length} 家，公开移出名单`;
    } },
  ];
}

function ending(play: Play, forms: Forms, expected: Expected, cases: FiledCase[]): Scene[] {
  const { units, data } = play.scenario;
  const { days } = data;
  const half = days.visitsOfDated[3]!;
  const owing = (): Unit[] => units.filter(({ code }) => cases.some(({ unit, undecided }) => undecided && unit === code));
  const decide = async (chosen: (one: FiledCase) => boolean, on: string): Promise<string> => `案件处理 ${await decided(play, cases.filter(chosen), on)} 件`;
  return [
    { on: days.decisions[0]!, scene: () => decide(({ undecided, filedOn }) => !undecided && filedOn <= half, days.decisions[0]!) },
    { on: days.decisions[1]!, scene: () => decide(({ undecided, filedOn }) => !undecided && filedOn > half, days.decisions[1]!) },
    { on: days.formTwo, scene: async () => `附表2和总结 ${await formTwoSent(play, units, forms, expected.units)} 个区、县（市）` },
    { on: days.rollUp, scene: async () => {
      await rolledUp(play, forms, { rows: expected.rollUpRows, fines: expected.fines }, 'roll-up');
      return `全市汇总 ${expected.rollUpRows} 家，罚款 ${expected.fines / 1_000_000} 万元`;
    } },
    { on: days.lastDecision, scene: () => decide(({ undecided }) => undecided, days.lastDecision) },
    { on: days.lastDecision, scene: async () => {
      await play.each('补充附表2', owing(), (unit) => formTwoSupplemented(play, unit, forms, expected.units), nameOf);
      await rolledUp(play, forms, { rows: expected.rollUpRows, fines: expected.finesLater }, 'roll-up-supplement');
      return '未决案件作出决定，附表2和汇总表补报';
    } },
    { on: days.finished, scene: () => Promise.resolve(null) },
  ];
}
