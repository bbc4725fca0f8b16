import { amendedText, dateText, decidedByRule, periodText, quoted, type DateText, type Of } from '@zhijian/audit/rules';
import { canonicalJson, type CertificateDraft } from '@zhijian/audit';
import type { Calendar, LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Pack, PlannedDuty, PlannedStage } from '@zhijian/policy';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { placeOf } from '../campaign/place.js';

/** What dates rest on: the pinned pack, and the calendar their days were looked up in. */
export interface DateGround { campaign: Pick<Campaign, 'id' | 'jurisdiction' | 'calendar'>; pack: Pack; calendar: Calendar }
type Dated = Pick<CampaignUnit, 'unit' | 'stages'> & Partial<Pick<CampaignUnit, 'milestones'>>;

/** A duty of a unit, as certificates name it. */
export const dutySubject = (campaignId: string, unit: string, duty: string): string => `${campaignId}/${unit}/${duty}`;

const standing = ({ dueOn, limitOn, firm }: PlannedDuty) => (dueOn === null ? null : { dueOn, limitOn, firm });
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const whatOf = ({ campaign }: DateGround, unit: string, duty: PlannedDuty): Of => ({
  kind: 'due-date', subject: dutySubject(campaign.id, unit, duty.id), jurisdiction: placeOf(campaign, unit), context: { campaign: campaign.id, unit, duty: duty.id },
});

/** Certifies the due day of each duty of these units: one certificate for a duty and unit, however many bodies it binds. With `only`, those duties. */
export function certifyDates(tx: Tx, ground: DateGround, units: readonly Dated[], only?: ReadonlySet<string>): void {
  const texts = new Map<string, DateText | null>();
  for (const { unit, stages, milestones = [] } of units) {
    const all = [...stages, ...milestones.map((stage) => ({ opensOn: '', closesOn: '', ...stage }))] as readonly PlannedStage[];
    for (const stage of all) for (const duty of stage.duties) if (!only || only.has(duty.id)) tx.certify(dateDraft(ground, texts, unit, stage, duty));
  }
}

function dateDraft(ground: DateGround, texts: Map<string, DateText | null>, unit: string, stage: PlannedStage, duty: PlannedDuty): CertificateDraft {
  const { pack, calendar } = ground;
  const what = whatOf(ground, unit, duty);
  if (duty.after?.event === 'stage-opened' && duty.dueOn !== null && stage.opensOn) {
    const draft = afterDraft(ground, what, duty, stage.opensOn);
    if ((draft.outcome as { dueOn?: unknown } | null)?.dueOn === duty.dueOn) return draft;
  }
  const key = [duty.id, stage.opensOn, stage.closesOn, duty.mayBringForward, duty.notBefore, duty.wording].join('|');
  const text = texts.has(key) ? texts.get(key)! : dateText(pack, duty, stage, calendar);
  texts.set(key, text);
  if (text) {
    const own = duty.dueOn !== null && duty.limitOn !== null && duty.dueOn < duty.limitOn ? duty.dueOn : null;
    const draft = decidedByRule(pack, { ...what, form: 'date', name: duty.id, text, inputs: { own }, clauses: duty.clauses, calendar: calendar.version, reason: duty.because });
    if (same(draft.outcome, standing(duty))) return draft;
  }
  // A day that stands although the rule would give another now: it had passed, or binds somebody, or was amended before.
  const { context, ...of } = what;
  return { ...of, basis: 'rule', inputs: { context }, outcome: standing(duty), reason: duty.because, clauses: quoted(pack, duty.clauses), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, calendar: calendar.version, rule: null };
}

/** Of so long after an event: its length and roll in the pack, and the days that were counted from the day of the event. */
function afterDraft({ pack, calendar }: DateGround, what: Of, duty: PlannedDuty, eventOn: LocalDate): CertificateDraft {
  const rule = pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ id }) => id === duty.id);
  const after = duty.after!;
  const text = periodText({ value: { title: duty.title, event: after.event, after, setBy: null, atLeast: false, inclusive: true, roll: rule?.due.roll ?? 'none', startStated: true, wording: duty.wording, reading: null }, clauses: duty.clauses }, eventOn, calendar);
  return decidedByRule(pack, { ...what, form: 'period', name: duty.id, text, inputs: { eventOn }, clauses: duty.clauses, calendar: calendar.version });
}

/** The day of a duty whose event has come about, for the obligations that it opened. */
export function certifyAfter(tx: Tx, ground: DateGround, unit: string, duty: PlannedDuty, eventOn: LocalDate, obligations: readonly string[]): void {
  tx.certify({ ...afterDraft(ground, whatOf(ground, unit, duty), duty, eventOn), about: obligations });
}

interface Amended { on: string; scope: 'stage' | 'duty' }

/** The days that an amendment moves, each from what stood before it. */
export function certifyAmended(tx: Tx, ground: DateGround, before: Dated, after: readonly PlannedStage[], amendment: Amended, cause: Record<string, unknown>): void {
  const stood = new Map(before.stages.flatMap(({ duties }) => duties.map((duty) => [duty.id, duty])));
  for (const duty of after.flatMap(({ duties }) => duties)) {
    const old = stood.get(duty.id);
    if (!old || same(standing(old), standing(duty))) continue;
    const what = whatOf(ground, before.unit, duty);
    tx.certify(decidedByRule(ground.pack, {
      ...what, context: { ...what.context, ...cause }, form: 'amended-date', name: duty.id, text: amendedText, clauses: duty.clauses, calendar: ground.campaign.calendar, reason: duty.because,
      inputs: { before: { dueOn: old.dueOn, limitOn: old.limitOn, firm: old.firm }, ...amendment },
    }));
  }
}

/** Days a unit sets itself by filing its plan. */
export function certifyOwnDates(tx: Tx, ground: DateGround, { unit, stages }: Dated, dates: readonly { duty: string; on: string }[]): void {
  for (const stage of stages) {
    for (const duty of stage.duties) {
      const own = dates.find((date) => date.duty === duty.id);
      if (!own) continue;
      const { opensOn, closesOn } = stage;
      tx.certify(decidedByRule(ground.pack, {
        ...whatOf(ground, unit, duty), form: 'own-date', name: duty.id, text: { opensOn, closesOn, mayBringForward: duty.mayBringForward, notBefore: duty.notBefore ?? null },
        inputs: { own: own.on, limitOn: duty.limitOn, firm: duty.firm }, clauses: duty.clauses, calendar: ground.campaign.calendar, reason: '辖区实施方案自定的日期',
      }));
    }
  }
}
