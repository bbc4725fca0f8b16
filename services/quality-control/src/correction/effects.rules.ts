import { canonicalJson, sha256 } from '@zhijian/audit';
import type { qualityControl as http } from '@zhijian/contracts/http';
import { colouredActivities, colourBody, consequencesOf, escalationOf, knownColours, redRuns, runOf, type BodyColour, type ColourConsequences, type ColouredYear, type LineColour, type LineYear, type Pack } from '@zhijian/policy';

/** What a change starts from: the colour that stands, the years made public, and whose pack coloured each year. */
export interface Before {
  readonly runId: string; readonly year: number; readonly basisYear: number; readonly pack: Pack; readonly colour: string; readonly lines: readonly LineColour[];
  /** What is public of this run; null: nothing is. */ readonly publicColour: string | null; readonly years: readonly (ColouredYear & { readonly runId: string })[]; readonly packOf: (year: number) => Pack;
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
    ...(before.publicColour === null ? [] : of('published', before.publicColour, after.colour, after.clauses)),
    ...before.otherRuns.map((other): http.ColourEffect => ({ what: 'other-run', year: other.year, runId: other.runId, line, before: other.jurisdiction, after: null, clauses: [] })),
  ];
  return { ...after, effects, digest: sha256(canonicalJson({ change, effects })) };
}

/** What the body lives by: the public colour, whatever was signed after it; before publication the one that was signed. */
const inForce = ({ publicColour, colour }: Before): string => publicColour ?? colour;

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

/** How often somebody comes, and whether a report is owed. */
function dutyEffects(before: Before, to: string | null, of: (what: string, from: string | null, to: string | null, clauses: readonly string[]) => http.ColourEffect[]): http.ColourEffect[] {
  const { pack } = before;
  const lastYear = before.years.find(({ year }) => year === before.year - 1)?.colour ?? null;
  const [was, is] = [inForce(before), to].map((colour) => consequencesOf(pack, knownColours(colour, lastYear))) as [ColourConsequences, ColourConsequences];
  const visits = colouredActivities.flatMap((activity) => {
    const [a, b] = [was.often[activity], is.often[activity]];
    return of(activity, a && a.rule, b && b.rule, [...(a?.clauses ?? []), ...(b?.clauses ?? [])]);
  });
  const period = pack.rules.periods['rectification-report'];
  return [...visits, ...of('rectification-report', was.report ? 'report' : 'none', is.report ? 'report' : 'none', period?.clauses ?? [])];
}
