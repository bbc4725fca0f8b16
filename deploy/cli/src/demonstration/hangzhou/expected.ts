import { bodyOf, circulated, findingsOf, inRoster, reportDay, reports, sanctionsOf, visited, type Body, type Scenario } from './scenario.js';

/** What the data alone says that a unit must come to: counted here, never asked of the system. */
export interface UnitExpected {
  code: string; filed: number; inRoster: number; idle: number; undetermined: number; formOneRows: number; reported: number; late: number; overdue: number;
  visits: number; cases: number; formTwoRows: number; fines: number; finesLater: number;
}
export interface Expected { units: UnitExpected[]; rollUpRows: number; fines: number; finesLater: number; bodies: number; cases: number; circulated: number }

const finesOf = (body: Body, scenario: Scenario): number => sanctionsOf(body, scenario.data).reduce((sum, { kind, fen }) => sum + (kind === 'fine' ? (fen ?? 0) : 0), 0);
const count = (bodies: readonly Body[], is: (body: Body) => boolean): number => bodies.filter(is).length;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);

export function expectedOf(scenario: Scenario): Expected {
  const { data, units } = scenario;
  const unitExpected = units.map(({ code, bodies }): UnitExpected => {
    const extensions = data.extensionChecks.filter(({ unit }) => unit === code);
    const own = bodies.filter(visited);
    const decided = own.filter(({ behaviour }) => behaviour !== 'undecided');
    return {
      code, filed: bodies.length, inRoster: count(bodies, inRoster) - count(bodies, isClosed) + count(bodies, isNew), idle: count(bodies, ({ behaviour }) => behaviour === 'idle') + count(bodies, isClosed),
      undetermined: count(bodies, ({ behaviour }) => behaviour === 'undetermined'), formOneRows: count(bodies, inRoster), reported: count(bodies, (body) => reports(body) && !isClosed(body)), // the overview counts nobody beyond the list
      late: count(bodies, (body) => isLate(body, scenario) && !isClosed(body)), overdue: count(bodies, ({ behaviour }) => behaviour === 'silent'),
      visits: own.length + extensions.length, cases: count(own, hasCase) + extensions.filter(({ finding }) => finding.serious).length,
      // a body closed before its visit leaves the form; a check elsewhere is listed when it was punished, or when the body is filed nowhere
      formTwoRows: own.length + extensions.filter(({ fineYuan, body }) => fineYuan > 0 || body.unfiled !== undefined).length,
      fines: sum(decided.map((body) => finesOf(body, scenario))) + sum(extensions.map(({ fineYuan }) => fineYuan * 100)),
      finesLater: sum(own.map((body) => finesOf(body, scenario))) + sum(extensions.map(({ fineYuan }) => fineYuan * 100)),
    };
  });
  const seenTwice = data.extensionChecks.filter((check) => check.fineYuan > 0 && bodyOf(check, scenario)?.behaviour !== 'outside' && bodyOf(check, scenario) !== undefined).length;
  return {
    units: unitExpected, rollUpRows: sum(unitExpected.map(({ formTwoRows }) => formTwoRows)) - seenTwice, fines: sum(unitExpected.map(({ fines }) => fines)),
    finesLater: sum(unitExpected.map(({ finesLater }) => finesLater)), bodies: scenario.bodies.length, cases: sum(unitExpected.map(({ cases }) => cases)),
    circulated: count(scenario.bodies, (body) => circulated(body, data)),
  };
}

const isNew = ({ behaviour }: Body): boolean => behaviour === 'new-in-june';
const isClosed = ({ behaviour }: Body): boolean => behaviour === 'closed-in-july';

/** A case follows from an item past its own date and still open, and from a serious violation. */
export const hasCase = (body: Body): boolean => ['uncorrected', 'serious', 'undecided'].includes(body.behaviour);
export const hasFindings = (body: Body, { data }: Scenario): boolean => findingsOf(body, data).length > 0;

/** Handed in after the day its own unit sets or the city extended. Paper counts from the day of receipt. */
export function isLate(body: Body, { data }: Scenario): boolean {
  const day = body.behaviour === 'paper' ? data.paper.receivedOn : reportDay(body, data);
  const limit = body.unit === data.extension.unit ? data.extension.on : body.unit === data.ownDates.unit ? data.ownDates.on : data.reportLimit;
  return day !== null && day > limit;
}
