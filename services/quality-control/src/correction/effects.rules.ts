import { canonicalJson, sha256 } from '@zhijian/audit';
import type { qualityControl as http } from '@zhijian/contracts/http';
import { colouredActivities, colourBody, consequencesOf, escalationOf, knownColours, owesReport, redRuns, runOf, type BodyColour, type ColouredYear, type KnownColours, type LineColour, type LineYear, type Pack } from '@zhijian/policy';
import type { CountChange } from '../comparison/count-change.js';
import type { Kept, NextYear } from './kept.store.js';

/** What a change starts from: the colour that stands, the years made public, and whose pack coloured each year. */
export interface Before {
  readonly runId: string; readonly year: number; readonly basisYear: number; readonly pack: Pack; readonly colour: string; readonly lines: readonly LineColour[];
  /** What is public of this run; null: nothing is. */ readonly publicColour: string | null; /** It was public once and was taken down. */ readonly takenDown: boolean; readonly years: readonly (ColouredYear & { readonly runId: string })[]; readonly packOf: (year: number) => Pack;
  /** What the rounds the colour rests on have counted, and would count. */ readonly counts: readonly CountChange[];
  readonly next: NextYear | null; readonly kept: readonly Kept[];
  /** Other runs whose colours rest on the same result; each is corrected where it was made. */
  readonly otherRuns: readonly { readonly runId: string; readonly jurisdiction: string; readonly year: number }[];
}
export interface After extends BodyColour { readonly effects: http.ColourEffect[]; readonly digest: string }

/** A line's year as it would be with the change. */
export const changed = (line: LineColour, change: http.ColourChange): LineYear =>
  (change.kind === 'comparison' ? { ...line, result: change.result, because: null } : { ...line, served: change.served, score: change.score, because: null });

/** Everything that follows when one result or score of one qualification is another (grade, level, colour, years in a row, visits, report, what is public). */
export function effectsOf(before: Before, line: string, change: http.ColourChange): After {
  const { pack, runId, year } = before;
  const after = colourBody(pack, before.lines.map((one) => (one.line === line ? changed(one, change) : { ...one, because: null })));
  const was = before.lines.find((one) => one.line === line)!;
  const is = after.lines.find((one) => one.line === line)!;
  const of = (what: string, from: string | null, to: string | null, clauses: readonly string[], more: Partial<http.ColourEffect> = {}): http.ColourEffect[] =>
    (from === to ? [] : [{ what, year, runId, line: null, before: from, after: to, clauses: [...clauses], ...more }]);
  const ofLine = { line };
  const effects = [
    ...of('served', String(was.served), String(is.served), is.clauses, { ...ofLine, year: before.basisYear }), ...of('score', was.score, is.score, is.clauses, { ...ofLine, year: before.basisYear }),
    ...of('result', was.result, is.result, is.clauses, { ...ofLine, year: before.basisYear }), ...of('grade', was.grade, is.grade, is.clauses, ofLine), ...of('level', was.level, is.level, is.clauses, ofLine),
    ...of('line-colour', was.colour, is.colour, is.clauses, ofLine), ...of('colour', before.colour, after.colour, after.clauses), ...runEffects(before, after.colour), ...dutyEffects(before, after.colour, of),
    ...(before.publicColour === null && !before.takenDown ? [] : of('published', before.publicColour, after.colour, after.clauses)),
    ...before.counts.flatMap((count) => of('round-counts', count.before, count.after, count.clauses, { ...ofLine, year: before.basisYear, runId: null })), ...laterEffects(before, after.colour, of),
    ...before.otherRuns.map((other): http.ColourEffect => ({ what: 'other-run', year: other.year, runId: other.runId, line, before: other.jurisdiction, after: null, clauses: [] })),
  ];
  return { ...after, effects, digest: sha256(canonicalJson({ change, effects })) };
}

/** What the body lives by: the public colour, whatever was signed after it; before publication the one that was signed; none while it is taken down. */
const inForce = ({ publicColour, takenDown, colour }: Before): string | null => (takenDown ? null : publicColour ?? colour);

/** Years in a row, this year's and those of later years that are public. */
function runEffects(before: Before, colour: string | null): http.ColourEffect[] {
  const { year, packOf, runId } = before;
  const others = before.years.filter((one) => one.year !== year);
  const counted = (own: string | null) => redRuns(packOf, [...others, { year, colour: own }]);
  const [was, is] = [counted(inForce(before)), counted(colour)];
  return was.flatMap((one, at): http.ColourEffect[] => {
    if (one.year < year) return [];
    const pack = packOf(one.year);
    const clauses = [...(runOf(pack, 'red-years')?.clauses ?? [])];
    const of = { year: one.year, runId: one.year === year ? runId : others.find((other) => other.year === one.year)?.runId ?? null, line: null, clauses };
    const [from, to] = [one.redYears, is[at]!.redYears];
    const [stepFrom, stepTo] = [escalationOf(pack, from), escalationOf(pack, to)];
    return [...(from === to ? [] : [{ what: 'red-years', before: String(from), after: String(to), ...of }]), ...(stepFrom === stepTo ? [] : [{ what: 'escalation', before: stepFrom, after: stepTo, ...of }])];
  });
}

type Of = (what: string, from: string | null, to: string | null, clauses: readonly string[], more?: Partial<http.ColourEffect>) => http.ColourEffect[];

/** How often somebody comes, and whether a report is owed. */
function dutyEffects(before: Before, to: string | null, of: Of): http.ColourEffect[] {
  const { pack, year } = before;
  const lastYear = before.years.find((one) => one.year === year - 1)?.colour ?? null;
  const [was, is] = [knownColours(inForce(before), lastYear), knownColours(to, lastYear)];
  const period = pack.rules.periods['rectification-report'];
  const report = (colour: string | null): string => (owesReport(pack, colour) ? 'report' : 'none');
  return [...visitEffects(pack, was, is, of), ...of('rectification-report', report(was.thisYear), report(is.thisYear), period?.clauses ?? [])];
}

const visitEffects = (pack: Pack, was: KnownColours, is: KnownColours, of: Of, more: Partial<http.ColourEffect> = {}): http.ColourEffect[] => {
  const [a, b] = [consequencesOf(pack, was).often, consequencesOf(pack, is).often];
  return colouredActivities.flatMap((activity) => of(activity, a[activity]?.rule ?? null, b[activity]?.rule ?? null, [...new Set([...(a[activity]?.clauses ?? []), ...(b[activity]?.clauses ?? [])])], more));
};

/** The next year's quotas that go by this colour, and lists and summaries that were closed and sent on it: those stay, with a note. */
function laterEffects(before: Before, to: string | null, of: Of): http.ColourEffect[] {
  const { next, kept, year, runId } = before;
  const quotas = next ? visitEffects(next.pack, knownColours(next.colour, inForce(before)), knownColours(next.colour, to), of, { year: next.year, runId: next.runId }) : [];
  const touched = [...(inForce(before) === to ? [] : [{ year, runId }]), ...(quotas.length ? [next!] : [])];
  return [...quotas, ...touched.flatMap((one) => {
    const its = kept.find((it) => it.year === one.year);
    const more = { year: one.year, runId: one.runId };
    const version = (sent: number | null | undefined): string | null => (sent ? `第 ${sent} 版` : null);
    return [
      ...of('year-end', its?.closedOn ?? null, null, [], more), ...of('monitoring-summary', version(its?.sentVersion), null, [], more),
      ...of('check-year-end', its?.checksClosedOn ?? null, null, [], more), ...of('inspection-summary', version(its?.checksSentVersion), null, [], more),
    ];
  })];
}
