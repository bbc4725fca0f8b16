import { addDays, localDate } from '@zhijian/calendar';
import { byDay, type Scene, type Stage } from '../drama.js';
import { Checks } from './checks.js';
import { ColourYear } from './colours.js';
import { comparisonScenes } from './comparison.js';
import { Correction } from './correction.js';
import { evaluationScenes } from './evaluation.js';
import { expectedOf } from './expected.js';
import { Limits } from './limits.js';
import { Monitoring } from './monitoring.js';
import { Objections } from './objections.js';
import { Rectification } from './rectification.js';
import { packsInstalled, registered } from './register.js';
import { otherwise, sendingOf, type Play } from './scenario.js';

/** The two years of colours with what they rest on, day by day; `held` is what must be true when all of it is over. */
export function agendaFor(play: Play, stage: Stage): { scenes: Scene[]; held: () => Promise<void> } {
  const { data } = play.scenario;
  const years = data.years.map((year) => new ColourYear(play, year, expectedOf(play.scenario, year)));
  const scenes = byDay([
    { on: data.days.installed, scene: () => packsInstalled(play, stage) },
    { on: data.days.installed, scene: () => registered(play, true, stage.accountsFile) },
    { on: data.days.registered, scene: () => registered(play, false, stage.accountsFile) },
    // the plan of the evaluation counts whom quality control knows, and the rounds wait for that
    ...data.basis.flatMap((basis) => [...evaluationScenes(play, basis), ...comparisonScenes(play, basis)]),
    ...years.flatMap((colours) => [...colourScenes(colours), ...consequenceScenes(colours), ...correctionScenes(colours)]),
    { on: data.days.whatIf, scene: () => years.at(-1)!.asked() },
  ]);
  return { scenes, async held() { for (const colours of years) { await colours.held(); await new Rectification(colours).held(); } } };
}

/** Opened, signed by another, put up, contested, public. */
function colourScenes(colours: ColourYear): Scene[] {
  const { play, year } = colours;
  const { data } = play.scenario;
  const objections = new Objections(colours);
  const [open, changed] = [objections.of('open').length, objections.of('changed').length];
  return [
    { on: year.opened, scene: () => colours.opened() }, { on: year.signed, scene: () => colours.signed() }, { on: year.posted, scene: () => colours.posted() },
    ...contestedOn(year.objected, (on) => objections.raised(on)), ...contestedOn(year.answered, () => objections.answered()), ...contestedOn(year.answeredLater, () => objections.answeredLater()),
    { on: year.published, at: '00:00', scene: () => colours.published(open, changed) },
    ...(changed ? [{ on: data.objections.postedOn, scene: () => objections.changedPosted() }, { on: data.objections.publishedOn, at: '00:00', scene: () => objections.changedPublished() }] : []),
  ];
}

/** Not every year is contested. */
const contestedOn = (on: string | undefined, scene: (on: string) => Promise<string>): Scene[] => (on === undefined ? [] : [{ on, scene: () => scene(on) }]);

const next = (on: string): string => addDays(localDate(on), 1);

/** Days that agencies wrote for rectifying, where they wrote any. */
function limitScenes(colours: ColourYear, rectification: Rectification): Scene[] {
  const { writtenOn, keptOn, limitOn, concludedOn } = colours.play.scenario.data.limits;
  const limits = new Limits(colours, rectification);
  if (limits.of('missed').length === 0) return [];
  return [{ on: writtenOn, scene: () => limits.written() }, { on: keptOn, scene: () => limits.kept() }, { on: next(limitOn), at: '00:00', scene: () => limits.missed() }, { on: concludedOn, scene: () => limits.concluded() }];
}

/** Reports, reviews, checks, and the end of the year. */
function consequenceScenes(colours: ColourYear): Scene[] {
  const { play, year, expected } = colours;
  const { reviews, checks: { complaint } } = play.scenario.data;
  const [rectification, checks, monitoring] = [new Rectification(colours), new Checks(colours), new Monitoring(colours)];
  return [
    { on: year.published, at: '00:00', scene: () => rectification.ordered() },
    ...[...new Set([...year.reports, year.resent])].map((on): Scene => ({ on, scene: () => rectification.reported(on) })),
    { on: year.returned, scene: () => rectification.returned() }, { on: year.accepted, scene: () => rectification.accepted() },
    { on: next(year.due), at: '00:00', scene: () => rectification.overdue() },
    ...(expected.owing.some((body) => sendingOf(body, year) === 'late') ? [{ on: year.late, scene: () => rectification.late() }] : []),
    { on: reviews.on, scene: () => rectification.concluded() },
    ...limitScenes(colours, rectification),
    ...[...new Set([...year.checks.red, ...year.checks.yellow])].map((on): Scene => ({ on, scene: () => checks.made(on) })),
    ...(complaint.on.startsWith(`${year.year}-`) ? [{ on: complaint.on, scene: () => checks.complained() }] : []),
    ...year.monitoring.map((on): Scene => ({ on, scene: () => monitoring.made(on) })),
    { on: year.summary, scene: () => checks.summarised() }, { on: year.summary, scene: () => monitoring.summarised() },
    { on: next(`${year.year}-12-31`), at: '00:00', scene: () => checks.yearEnded() }, { on: next(`${year.year}-12-31`), at: '00:00', scene: () => monitoring.yearEnded() },
  ];
}

function correctionScenes(colours: ColourYear): Scene[] {
  const { play, year } = colours;
  const { draftedOn, postedOn, publishedOn } = play.scenario.data.correction;
  const correction = new Correction(colours);
  if (!play.scenario.bodies.some((body) => otherwise(body, year).corrected)) return [];
  return [{ on: draftedOn, scene: () => correction.drafted() }, { on: postedOn, scene: () => correction.posted() }, { on: publishedOn, at: '00:00', scene: () => correction.published() }];
}
