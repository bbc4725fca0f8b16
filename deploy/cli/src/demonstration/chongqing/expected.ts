import { isIdle, isUnfinished, otherwise, profileOf, sendingOf, withLine, type Basis, type Body, type Scenario, type Year } from './scenario.js';

/** What the data alone says that a year must come to: counted here, never asked of the system. */
export interface Expected {
  /** Colours as they are signed; null: undetermined. */
  readonly signed: ReadonlyMap<number, string | null>;
  /** Colours at the end, after objections and corrections. */
  readonly last: ReadonlyMap<number, string | null>;
  /** Qualifications in each cell of the matrix, `A I`. */
  readonly cells: Readonly<Record<string, number>>;
  /** Who owes a rectification report, and who has handed in none when its day ends. */
  readonly owing: readonly Body[];
  readonly overdue: readonly Body[];
  /** Red in this year and in every one before, back to the first, so often. */
  readonly redYears: ReadonlyMap<number, number>;
}

const counted = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
export const tally = (colours: ReadonlyMap<number, string | null>): Record<string, number> => counted([...colours.values()].map((colour) => colour ?? 'none'));

/** The worst of a body's lines, in the order of the data; a line nobody has looked at is open. */
function signedColour(body: Body, year: number, { data }: Scenario): string | null {
  const colours = body.lines.map((line) => profileOf(body, line, year, data)?.colour ?? null);
  return data.worst.find((colour) => colours.includes(colour)) ?? null;
}

export function expectedOf(scenario: Scenario, year: Year): Expected {
  const { data, bodies } = scenario;
  const signed = new Map(bodies.map((body) => [body.number, signedColour(body, year.year, scenario)]));
  const changes = (body: Body): string | undefined => {
    const { objects, corrected } = otherwise(body, year);
    return objects === 'changed' ? data.objections.change.colour : corrected ? data.correction.colour : undefined;
  };
  const last = new Map(bodies.map((body) => [body.number, changes(body) ?? signed.get(body.number) ?? null]));
  const profiles = bodies.flatMap((body) => body.lines.flatMap((line) => profileOf(body, line, year.year, data) ?? []));
  const owing = bodies.filter(({ number }) => data.owing.includes(last.get(number) ?? ''));
  return {
    signed, last, cells: counted(profiles.flatMap(({ grade, level }) => (grade && level ? [`${grade} ${level}`] : []))),
    owing, overdue: owing.filter((body) => ['late', 'missing'].includes(sendingOf(body, year))), redYears: redYearsOf(scenario, year.year, last),
  };
}

function redYearsOf(scenario: Scenario, year: number, last: ReadonlyMap<number, string | null>): Map<number, number> {
  const earlier = scenario.data.years.filter((one) => one.year < year).map((one) => one.year).reverse();
  const before = (body: Body): number => {
    const broken = earlier.findIndex((one) => signedColour(body, one, scenario) !== 'red');
    return broken < 0 ? earlier.length : broken;
  };
  return new Map(scenario.bodies.map((body) => [body.number, last.get(body.number) === 'red' ? 1 + before(body) : 0]));
}

/** Of a comparison: how many with each result (`none`: not evaluated), and who takes part how. */
export function roundExpected(scenario: Scenario, { year }: Basis, line: string): { obliged: number; results: Record<string, number>; taking: Record<string, number> } {
  const those = withLine(scenario, line, year);
  return { obliged: those.length, results: counted(those.map(({ profile }) => profile.result ?? 'none')), taking: counted(those.map(({ profile }) => profile.taking)) };
}

/** Of an evaluation: sheets that are signed with their scores, and those that stay open. */
export function sheetsExpected(scenario: Scenario, { year }: Basis, line: string): { signed: Map<number, string | null>; unfinished: Body[] } {
  const those = withLine(scenario, line, year);
  const finished = those.filter(({ profile }) => !isUnfinished(profile));
  return { signed: new Map(finished.map(({ body, profile }) => [body.number, isIdle(profile) ? null : profile.sheet])), unfinished: those.filter(({ profile }) => isUnfinished(profile)).map(({ body }) => body) };
}

/** The days on which a body is visited as planned: each day for its colour as it is then; once for a yellow one. */
export function visitDays(scenario: Scenario, year: Year, body: Body, expected: Expected): string[] {
  const { checks } = year;
  const { unvisited } = otherwise(body, year);
  const red = checks.red.filter((on) => colourOn(scenario, year, body, expected, on) === 'red').slice(0, unvisited ? -1 : undefined);
  const own = checks.yellow[body.number % checks.yellow.length]!;
  return [...red, ...(red.length === 0 && !unvisited && colourOn(scenario, year, body, expected, own) === 'yellow' ? [own] : [])];
}

/** What is public of a body on a day of a year, once its first notice has ended. */
export function colourOn({ data }: Scenario, year: Year, body: Body, { signed, last }: Expected, on: string): string | null {
  const { objects, corrected } = otherwise(body, year);
  const changedOn = objects === 'changed' ? data.objections.publishedOn : corrected ? data.correction.publishedOn : year.published;
  return (on >= changedOn ? last : signed).get(body.number) ?? null;
}

/** Visits owed and not made at the end of a year, by body. */
export const owedVisits = (scenario: Scenario, year: Year, expected: Expected): { name: string; owed: number }[] => scenario.bodies.flatMap((body) => {
  const colour = expected.last.get(body.number) as keyof Scenario['data']['quotas'] | null | undefined;
  const owed = colour ? scenario.data.quotas[colour].checks - visitDays(scenario, year, body, expected).length : 0;
  return owed > 0 ? [{ name: body.name, owed }] : [];
}).sort((a, b) => (a.name < b.name ? -1 : 1));

/** Monitoring visits: on each of its days a red one, on the last of them some of the yellow ones (it is only permitted). */
export function monitoringDays(scenario: Scenario, year: Year, body: Body, expected: Expected): string[] {
  const { every } = scenario.data.monitoring;
  const days = year.monitoring.filter((on) => colourOn(scenario, year, body, expected, on) === 'red').slice(0, otherwise(body, year).unvisited ? -1 : undefined);
  const last = year.monitoring.at(-1)!;
  return [...days, ...(days.length === 0 && body.number % every === 0 && colourOn(scenario, year, body, expected, last) === 'yellow' ? [last] : [])];
}

export const owedMonitoring = (scenario: Scenario, year: Year, expected: Expected): { name: string; owed: number }[] => scenario.bodies.flatMap((body) => {
  const colour = expected.last.get(body.number) as keyof Scenario['data']['quotas'] | null | undefined;
  const owed = colour ? scenario.data.quotas[colour].monitoring - monitoringDays(scenario, year, body, expected).length : 0;
  return owed > 0 ? [{ name: body.name, owed }] : [];
});
