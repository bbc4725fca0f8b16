import type { LocalDate } from '@zhijian/calendar';
import { decide, type Decision, type Inputs } from './decide.js';
import { decimal, numberOf } from './decimal.js';
import type { Pack } from './pack.js';
import { runOf, scaleOf } from './rule-lookup.js';
import type { InstitutionKind } from './vocabulary.js';

/** What a colouring asks of a pack: its tables by name, each with the inputs its own text gives it. */
export const colouringTables = ['managed', 'basis-year', 'quality-grade', 'comparison-level', 'colour', 'institution-colour', 'red-run', 'rectification-state', 'escalation', 'after-objection'] as const;
const colouringScales = ['quality-grade', 'comparison-level', 'colour'] as const;

/** The tables and rules a pack lacks for a colouring; empty when it can colour. */
export const lackedForColouring = (pack: Pack): string[] => [
  ...colouringTables.filter((id) => !pack.decisions[id]).map((id) => `decisions/${id}`),
  ...colouringScales.filter((id) => !scaleOf(pack, id)).map((id) => `scales/${id}`),
  ...(runOf(pack, 'red-years') ? [] : ['runs/red-years']),
];

/** One qualification in its basis year. `score` is the exact decimal as text; `served` null: nobody has said; `because`: why there is no score or result, as its keeper says. */
export interface LineYear {
  readonly line: InstitutionKind; readonly served: boolean | null; readonly score: string | null; readonly result: string | null; readonly because: string | null;
}

/** A table that was asked, so that whoever certifies asks the same. */
export interface Asked { readonly decision: string; readonly inputs: Inputs }

export interface LineColour {
  readonly line: InstitutionKind; readonly grade: string | null; readonly level: string | null; readonly colour: string | null; readonly rule: string | null; readonly clauses: string[];
  readonly score: string | null; readonly served: boolean | null; readonly result: string | null; readonly reason: string | null; readonly missing: string[];
}
export interface BodyColour { readonly colour: string | null; readonly lines: LineColour[]; readonly clauses: string[]; readonly asked: Asked }

const unique = (items: readonly string[]): string[] => [...new Set(items)];
const idsOf = (...made: readonly Decision[]): string[] => unique(made.flatMap(({ clauses }) => clauses.map(({ id }) => id)));

/** Is a qualification among those a plan colours (CQ-2024-01: of the city, and those from elsewhere that serve in it)? */
export const managedInputs = (line: InstitutionKind, home: boolean, servesHere: boolean): Inputs => ({ kind: line, home: home ? 'local' : 'elsewhere', servesHere: home || servesHere });
export const isManaged = (pack: Pack, inputs: Inputs): boolean => decide<string>(pack, 'managed', inputs).value === 'in';

/** What is asked of a score, whatever its colour: grade, level, and the colour they make (CQ-2024-02 to -06). */
export const gradeAsked = ({ served, score }: LineYear): Asked => ({ decision: 'quality-grade', inputs: { served, score: score === null ? null : numberOf(decimal(score)) } });
export const levelAsked = ({ result }: LineYear): Asked => ({ decision: 'comparison-level', inputs: { result } });
export const colourAsked = ({ grade, level }: Pick<LineColour, 'grade' | 'level'>): Asked => ({ decision: 'colour', inputs: { grade, level } });

const made = (pack: Pack, { decision, inputs }: Asked): Decision<string> => decide<string>(pack, decision, inputs);

/** Colours one qualification; without a score or a result there is no colour, and what is missing is named. */
export function colourLine(pack: Pack, year: LineYear): LineColour {
  const grade = made(pack, gradeAsked(year));
  const level = made(pack, levelAsked(year));
  const colour = made(pack, colourAsked({ grade: grade.value, level: level.value }));
  const { line, served, score, result } = year;
  const open = [grade, level].filter(({ determined }) => !determined);
  const missing = colour.determined ? [] : unique((open.length ? open : [colour]).flatMap((one) => [...one.missing]));
  const reason = colour.determined ? colour.reason : unique([...(year.because ? [year.because] : []), ...(open.length ? open : [colour]).map((one) => whyOpen(pack, line, one))]).join('；');
  return { line, grade: grade.value, level: level.value, colour: colour.value, rule: colour.rule, clauses: idsOf(grade, level, colour), served, score, result, reason, missing };
}

/** A kind of body that cannot have an input says so by the reading of its text (AMB-CQ-2), not by what is lacking. */
function whyOpen(pack: Pack, line: InstitutionKind, decision: Decision): string {
  const missing: readonly string[] = decision.missing;
  const lacks = missing.includes('result') && Object.values(pack.rules.inputs).find((rule) => rule.input === 'level' && rule.lack?.includes(line));
  return (lacks && ((lacks.reading && pack.readings[lacks.reading]?.chosen) ?? lacks.title)) || (decision.reason ?? '');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** The colours of a pack, the best first. */
export function coloursOf(pack: Pack): string[] {
  const scale = scaleOf(pack, 'colour')!.value;
  const ids = scale.values.map(({ id }) => id);
  return scale.direction === 'best-first' ? ids : ids.reverse();
}

/** A body's colour of its qualifications' colours, as the pack puts them together (AMB-CQ-5: the worst; open while one is open and none is red). */
export function colourBody(pack: Pack, years: readonly LineYear[]): BodyColour {
  const lines = years.map((year) => colourLine(pack, year));
  const colours = coloursOf(pack);
  const any = colours.map((id) => [`any${capital(id)}`, lines.some(({ colour }) => colour === id)] as const);
  const asked: Asked = { decision: 'institution-colour', inputs: { ...Object.fromEntries(any), anyPending: lines.some(({ colour }) => colour === null) } };
  const whole = made(pack, asked);
  const colour = whole.determined && colours.includes(whole.value) ? whole.value : null;
  return { colour, lines, clauses: unique([...lines.flatMap((line) => line.clauses), ...idsOf(whole)]), asked };
}

export interface ColouredYear { readonly year: number; readonly colour: string | null }
export interface RunYear { readonly year: number; readonly colour: string | null; readonly before: number; readonly redYears: number }

/** What the table of consecutive years is asked: a year without a colour is `none`. */
export const redRunAsked = (colour: string | null, before: number): Asked => ({ decision: 'red-run', inputs: { colour: colour ?? 'none', before } });

/** How many years in a row a year's colour makes. @throws when the pack's table does not cover the case: that is a fault of the pack */
export function redYearsOf(pack: Pack, colour: string | null, before: number): number {
  const { decision, inputs } = redRunAsked(colour, before);
  const run = decide<number>(pack, decision, inputs);
  if (!run.determined) throw new Error(run.reason);
  return run.value;
}

/**
 * Counts years in a row (CQ-2024-20), from the first coloured year to the last; a year between without a colour is asked
 * as such, and the pack says whether it breaks the run.
 * @param packOf the pack of a year's colouring; for a year without one, that of the next
 */
export function redRuns(packOf: (year: number) => Pack, years: readonly ColouredYear[]): RunYear[] {
  const known = new Map(years.map(({ year, colour }) => [year, colour]));
  const all = [...known.keys()];
  if (all.length === 0) return [];
  const counted: RunYear[] = [];
  for (let year = Math.min(...all), before = 0; year <= Math.max(...all); year += 1) {
    const colour = known.get(year) ?? null;
    const redYears = redYearsOf(packOf(year), colour, before);
    counted.push({ year, colour, before, redYears });
    before = redYears;
  }
  return counted;
}

/** A body's rectification: done or not, and the last day an agency wrote for it. `limitOn` null: nobody wrote one, so nobody is past it (AMB-CQ-9). */
export interface Rectification { readonly rectified: boolean; readonly limitOn: LocalDate | null }

/** What the table of rectification is asked on a day: a limit runs until 24:00 of its last day. */
export const rectificationAsked = ({ rectified, limitOn }: Rectification, today: LocalDate): Asked =>
  ({ decision: 'rectification-state', inputs: { rectified, limit: limitOn === null ? 'not-set' : today > limitOn ? 'passed' : 'running' } });

/** What so many years entail, and the rectification as it stands on a day: `propose`, `alarm` or `none`; where it is left out nobody wrote a limit for it. */
export function escalationAsked(pack: Pack, redYears: number, rectification?: { readonly of: Rectification; readonly on: LocalDate }): Asked {
  const { decision, inputs } = rectification ? rectificationAsked(rectification.of, rectification.on) : { decision: 'rectification-state', inputs: { rectified: false, limit: 'not-set' } };
  return { decision: 'escalation', inputs: { redYears, rectification: decide<string>(pack, decision, inputs).value } };
}

export type EscalationStep = 'propose' | 'alarm' | 'none';
/** The same, asked. @throws where the pack's table says nothing: a fault of the pack */
export function escalationOf(pack: Pack, redYears: number, rectification?: { readonly of: Rectification; readonly on: LocalDate }): EscalationStep {
  const { decision, inputs } = escalationAsked(pack, redYears, rectification);
  const step = decide<EscalationStep>(pack, decision, inputs);
  if (!step.determined) throw new Error(step.reason);
  return step.value;
}
