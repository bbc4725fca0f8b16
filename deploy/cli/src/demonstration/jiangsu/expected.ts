import { conductOf, reportDay, type Body, type Data, type Scenario } from './scenario.js';

/** What the data alone says the campaign must come to: counted here, never asked of the system. */
export interface Expected {
  reports: number; late: string[]; silent: string[]; copies: Map<string, number>;
  /** Under key supervision at the end, and for a while and then not. */
  key: string[]; lifted: string[];
  cases: Map<string, Circumstance>;
  /** How many are drawn in each unit; who is drawn is chance. */
  drawn: Map<string, number>;
  /** In the sample whatever was drawn. */
  forced: string[];
}
export type Circumstance = 'self-reported' | 'strict' | 'ordinary' | 'contradictory';

const names = (bodies: readonly Body[], is: (body: Body) => boolean): string[] => bodies.filter(is).map(({ name }) => name).sort();

export function expectedOf({ data, bodies, units }: Scenario): Expected {
  const late = names(bodies, (body) => isLate(body, data));
  const silent = names(bodies, (body) => reportDay(body, data) === null);
  const key = names(bodies, (body) => isLate(body, data) || reportDay(body, data) === null || conductOf(body, data).review !== undefined || (conductOf(body, data).stated ?? []).includes('perfunctory'));
  return {
    reports: bodies.length - silent.length, late, silent, key, lifted: names(bodies, (body) => conductOf(body, data).report === 'paper'), forced: key,
    copies: new Map(units.map(({ code, bodies: own }) => [code, own.filter((body) => reportDay(body, data) !== null).length])),
    cases: new Map(bodies.filter((body) => hasCase(body, data)).map((body) => [body.name, circumstanceOf(body, data)])),
    drawn: new Map(units.map(({ code, bodies: own }) => [code, Math.ceil(own.length / data.sample.of)])),
  };
}

/** Handed in after the last day; a sealed paper counts from its receipt. */
export function isLate(body: Body, data: Data): boolean {
  const day = conductOf(body, data).report === 'paper' ? data.paper.receivedOn : reportDay(body, data);
  return day !== null && day > data.reportLimit;
}

/** An offence found, or one reported and not corrected: in this text every one is a case. */
export const hasCase = (body: Body, data: Data): boolean => (conductOf(body, data).seen ?? []).length > 0 || conductOf(body, data).uncorrected === true;

function circumstanceOf(body: Body, data: Data): Circumstance {
  const { seen = [], stated = [] } = conductOf(body, data);
  const found = seen.includes('new');
  const strict = stated.includes('norm-not-carried-out') || (stated.includes('perfunctory') && found);
  if (strict) return found ? 'strict' : 'contradictory';
  return found ? 'ordinary' : 'self-reported';
}
