import type { Calendar, LocalDate } from '@zhijian/calendar';
import { colouredActivities, consequencesOf, knownColours, lastDayOf, owesReport, postingPeriodOf, type ColouredActivity, type Often } from './colour-consequences.js';
import { colourBody, escalationOf, isManaged, managedInputs, redRuns, type EscalationStep, type LineYear } from './colouring.js';
import type { Pack } from './pack.js';

/** A body as it was when a year was coloured: where it is at home, and what each of its qualifications came to. */
export interface RecordedBody { readonly institutionId: string; readonly home: boolean; readonly servesHere: boolean; readonly lines: readonly LineYear[] }
/** A year as it was coloured, by the pack it was coloured by; days null where they have not come. */
export interface RecordedYear {
  readonly year: number; readonly pack: Pack; readonly postedOn: LocalDate | null; readonly publishedOn: LocalDate | null; readonly bodies: readonly RecordedBody[];
  /** What was public the year before; where that year is among those recorded, what it comes to takes its place. */ readonly lastYear?: ReadonlyMap<string, string | null>;
}

export interface ChangedColour { readonly institutionId: string; readonly year: number; readonly before: string | null; readonly after: string | null }
export interface ChangedRun { readonly institutionId: string; readonly year: number; readonly before: number; readonly after: number; readonly stepBefore: EscalationStep; readonly stepAfter: EscalationStep }
export interface MovedVisits { readonly year: number; readonly activity: ColouredActivity; /** How many at least, all bodies together. */ readonly before: number; readonly after: number }
/** A colour in use (null: none) whose frequency the candidate rules otherwise. */
export interface MovedFrequency { readonly year: number; readonly activity: ColouredActivity; readonly colour: string | null; readonly before: Often | null; readonly after: Often | null }
export interface MovedDeadline { readonly year: number; readonly what: 'notice' | 'rectification-report'; readonly before: string | null; readonly after: string | null; readonly institutions: readonly string[] }
export interface YearCounts { readonly year: number; readonly bodies: number; readonly changed: number; readonly before: Readonly<Record<string, number>>; readonly after: Readonly<Record<string, number>> }
export interface ColourDifference {
  readonly empty: boolean; readonly years: readonly YearCounts[]; readonly changed: readonly ChangedColour[]; readonly runs: readonly ChangedRun[];
  readonly visits: readonly MovedVisits[]; readonly frequencies: readonly MovedFrequency[]; readonly deadlines: readonly MovedDeadline[];
}

interface Side { readonly pack: Pack; readonly colours: ReadonlyMap<string, string | null>; readonly lastYear: ReadonlyMap<string, string | null> }
interface Coloured { readonly year: RecordedYear; readonly before: ReadonlyMap<string, string | null>; readonly after: ReadonlyMap<string, string | null> }

/**
 * A candidate pack over recorded years: whose colour would be another, who would be visited more or less often, which days
 * would move. Computes and touches nothing; the pack a year was coloured by gives no difference for it.
 */
export function whatIf(candidate: Pack, years: readonly RecordedYear[], calendar: Calendar): ColourDifference {
  const ordered = [...years].sort((a, b) => a.year - b.year);
  const coloured = ordered.map((year): Coloured => ({ year, before: coloursBy(year.pack, year), after: coloursBy(candidate, year) }));
  const changed = coloured.flatMap(({ year, before, after }) => year.bodies.flatMap(({ institutionId }): ChangedColour[] => {
    const [was, is] = [before.get(institutionId) ?? null, after.get(institutionId) ?? null];
    return was === is ? [] : [{ institutionId, year: year.year, before: was, after: is }];
  }));
  const sides = coloured.map((one) => sidesOf(candidate, one, coloured.find(({ year }) => year.year === one.year.year - 1)));
  const visits = sides.flatMap(({ year, was, is }) => visitsOf(year, was, is)).filter(({ before, after }) => before !== after);
  const frequencies = sides.flatMap(({ year, was, is }) => frequenciesOf(year, was, is));
  const deadlines = coloured.flatMap((one) => deadlinesOf(candidate, one, calendar));
  const runs = runsOf(candidate, coloured);
  const counts = coloured.map(({ year, before, after }): YearCounts => ({
    year: year.year, bodies: year.bodies.length, changed: changed.filter((one) => one.year === year.year).length, before: tally(before), after: tally(after),
  }));
  return { empty: changed.length + visits.length + frequencies.length + deadlines.length + runs.length === 0, years: counts, changed, runs, visits, frequencies, deadlines };
}

const coloursBy = (pack: Pack, { bodies }: RecordedYear): Map<string, string | null> => new Map(bodies.map(({ institutionId, home, servesHere, lines }) => {
  const managed = lines.filter(({ line }) => isManaged(pack, managedInputs(line, home, servesHere)));
  return [institutionId, managed.length ? colourBody(pack, managed).colour : null];
}));

function tally(colours: ReadonlyMap<string, string | null>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const colour of colours.values()) counts[colour ?? 'none'] = (counts[colour ?? 'none'] ?? 0) + 1;
  return counts;
}

/** A year by the pack it was coloured by and by the candidate, each after what the year before came to. */
function sidesOf(candidate: Pack, { year, before, after }: Coloured, previous: Coloured | undefined): { year: number; was: Side; is: Side } {
  const known = year.lastYear ?? new Map<string, string | null>();
  return { year: year.year, was: { pack: year.pack, colours: before, lastYear: previous?.before ?? known }, is: { pack: candidate, colours: after, lastYear: previous?.after ?? known } };
}

/** How many visits a year's colours demand at least. */
function visitsOf(year: number, was: Side, is: Side): MovedVisits[] {
  const demanded = ({ pack, colours, lastYear }: Side, activity: ColouredActivity): number => {
    const alike = Map.groupBy([...colours].map(([id, colour]) => ({ colour, last: lastYear.get(id) ?? null })), ({ colour, last }) => `${colour} ${last}`);
    return [...alike.values()].reduce((sum, bodies) => sum + (consequencesOf(pack, knownColours(bodies[0]!.colour, bodies[0]!.last)).often[activity]?.min ?? 0) * bodies.length, 0);
  };
  return colouredActivities.map((activity) => ({ year, activity, before: demanded(was, activity), after: demanded(is, activity) }));
}

/** Colours in use for which the two rule another number or another span, whether or not anybody owes more by it. */
function frequenciesOf(year: number, was: Side, is: Side): MovedFrequency[] {
  const colours = [...new Set([...was.colours.values(), ...is.colours.values()])];
  return colouredActivities.flatMap((activity) => colours.flatMap((colour): MovedFrequency[] => {
    const [before, after] = [was, is].map(({ pack }) => consequencesOf(pack, knownColours(colour, null)).often[activity]) as [Often | null, Often | null];
    return before?.min === after?.min && before?.target === after?.target && before?.years === after?.years ? [] : [{ year, activity, colour, before, after }];
  }));
}

/** The end of the notice, and the day reports are due, body by body put together where they move alike. */
function deadlinesOf(candidate: Pack, { year, before, after }: Coloured, calendar: Calendar): MovedDeadline[] {
  const moved: MovedDeadline[] = [];
  const notice = { before: lastDayOf(year.pack, postingPeriodOf(year.pack), year.postedOn, calendar), after: lastDayOf(candidate, postingPeriodOf(candidate), year.postedOn, calendar) };
  if (notice.before !== notice.after) moved.push({ year: year.year, what: 'notice', ...notice, institutions: [] });
  const due = { before: lastDayOf(year.pack, 'rectification-report', year.publishedOn, calendar), after: lastDayOf(candidate, 'rectification-report', year.publishedOn, calendar) };
  const each = year.bodies.map(({ institutionId }) => ({
    institutionId, before: owesReport(year.pack, before.get(institutionId) ?? null) ? due.before : null, after: owesReport(candidate, after.get(institutionId) ?? null) ? due.after : null,
  })).filter((one) => one.before !== one.after);
  const alike = Map.groupBy(each, ({ before: was, after: is }) => `${was} ${is}`);
  return [...moved, ...[...alike.values()].map((bodies): MovedDeadline => ({ year: year.year, what: 'rectification-report', before: bodies[0]!.before, after: bodies[0]!.after, institutions: bodies.map(({ institutionId }) => institutionId) }))];
}

/** Years in a row that would come to something else. A year that was not recorded counts as one without a colour. */
function runsOf(candidate: Pack, coloured: readonly Coloured[]): ChangedRun[] {
  const packOf = (year: number): Pack => (coloured.find((one) => one.year.year >= year) ?? coloured.at(-1)!).year.pack;
  const ids = new Set(coloured.flatMap(({ year }) => year.bodies.map(({ institutionId }) => institutionId)));
  return [...ids].flatMap((institutionId) => {
    const mine = coloured.filter(({ before }) => before.has(institutionId));
    const was = redRuns(packOf, mine.map(({ year, before }) => ({ year: year.year, colour: before.get(institutionId) ?? null })));
    const is = redRuns(() => candidate, mine.map(({ year, after }) => ({ year: year.year, colour: after.get(institutionId) ?? null })));
    return was.flatMap((run, at): ChangedRun[] => {
      const other = is[at]!;
      const [stepBefore, stepAfter] = [escalationOf(packOf(run.year), run.redYears), escalationOf(candidate, other.redYears)];
      return run.redYears === other.redYears && stepBefore === stepAfter ? [] : [{ institutionId, year: run.year, before: run.redYears, after: other.redYears, stepBefore, stepAfter }];
    });
  });
}
