import { addDays, dayKind, due, type Calendar, type LocalDate } from '@zhijian/calendar';
import { clause, decide, windowOf, type Cited, type DecisionTable, type Inputs, type Pack, type Period, type PlannedDuty, type PlannedStage } from '@zhijian/policy';
import type { CertificateDraft, DecisionKind } from '../certificate.js';
import { recompute } from './recompute.js';
import type { DateText, Day, PeriodText, RuleForm, TableText } from './texts.js';

const pinned = ({ id, version, hash }: Pack) => ({ id, version, sha256: hash });

/** What a certificate is of. */
export interface Of {
  readonly kind: DecisionKind; readonly subject: string; readonly about?: readonly string[]; readonly jurisdiction?: string;
  /** What the rule does not ask for and a reader does: campaign, unit, ids. It stands among the inputs as `context`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

const of = ({ kind, subject, about, jurisdiction }: Of) =>
  ({ kind, subject, ...(about?.length ? { about: [...new Set(about)].sort() } : {}), ...(jurisdiction === undefined ? {} : { jurisdiction }) });

const weighed = (inputs: Readonly<Record<string, unknown>>, { context }: Of): Record<string, unknown> => ({ ...inputs, ...(context && { context }) });

const texts = new WeakMap<DecisionTable, TableText>();
/** A table as it is kept with certificates: without the name of its file. */
export function tableText(table: DecisionTable): TableText {
  let text = texts.get(table);
  if (!text) {
    const { file: _file, aggregation: _aggregation, ...kept } = table;
    texts.set(table, text = JSON.parse(JSON.stringify(kept)) as TableText);
  }
  return text;
}

/** The clauses of a pack with their words; one that the pack does not know (an officer named it) has none. */
export const quoted = (pack: Pack, ids: readonly string[]): { id: string; quote: string }[] =>
  [...new Set(ids)].map((id) => (pack.clauses[id] ? clause(pack, id) : { id, quote: '' }));

/** A table of the pack decided this of these inputs. */
export function decidedByTable(pack: Pack, decision: string, inputs: Inputs, what: Of): CertificateDraft {
  const made = decide(pack, decision, inputs);
  return {
    ...of(what), basis: 'rule', inputs: weighed(inputs, what), outcome: made.value, determined: made.determined, reason: made.reason, clauses: [...made.clauses], pack: pinned(pack), calendar: null,
    rule: { form: 'table' satisfies RuleForm, name: decision, text: tableText(pack.decisions[decision]!) },
  };
}

export interface Ruled extends Of { readonly form: RuleForm; readonly name: string; readonly text: unknown; readonly inputs: Readonly<Record<string, unknown>>; readonly clauses: readonly string[]; readonly calendar?: string | null; readonly reason?: string | null }

/** Any other form of rule decided: what comes of it is computed here, by what an auditor computes it with. */
export function decidedByRule(pack: Pack | null, ruled: Ruled): CertificateDraft {
  const { form, name, text, inputs, clauses, calendar = null, reason = null } = ruled;
  const made = recompute({ basis: 'rule', rule: { form, name, sha256: '' }, inputs: { ...inputs } }, text);
  if (!made) throw new Error(`no rule has the form ${form}`);
  return {
    ...of(ruled), basis: 'rule', inputs: weighed(inputs, ruled), outcome: made.outcome, determined: made.determined, reason,
    clauses: pack ? quoted(pack, clauses) : clauses.map((id) => ({ id, quote: '' })), pack: pack && pinned(pack), calendar, rule: { form, name, text },
  };
}

export interface Weighed extends Of { readonly inputs: Readonly<Record<string, unknown>>; readonly outcome: unknown; readonly clauses?: readonly string[]; readonly reason?: string | null; readonly calendar?: string | null }

/** An officer weighed it; what was weighed, and the reasons, are its inputs. */
export const decidedByPerson = (pack: Pack | null, { inputs, outcome, clauses = [], reason = null, calendar = null, ...what }: Weighed): CertificateDraft => ({
  ...of(what), basis: 'person', inputs: weighed(inputs, what), outcome, reason, clauses: pack ? quoted(pack, clauses) : clauses.map((id) => ({ id, quote: '' })), pack: pack && pinned(pack), calendar, rule: null,
});

const dayOn = (on: LocalDate, calendar: Calendar): Day => {
  const { working, firm, notice } = dayKind(on, calendar);
  return { on, working, firm, notice };
};

/** The days a roll looks at: the day itself, and on to the first one that is worked. */
function rolledOver(on: LocalDate, roll: 'none' | 'forward', calendar: Calendar): Day[] {
  const days: Day[] = [];
  for (let day = on; roll === 'forward'; day = addDays(day, 1)) {
    days.push(dayOn(day, calendar));
    if (days.at(-1)!.working) break;
  }
  return days;
}

/** The text of a duty's date in a pack, with the days that were looked up for it. */
export function dateText(pack: Pack, duty: Pick<PlannedDuty, 'id' | 'mayBringForward' | 'notBefore' | 'wording'>, stage: Pick<PlannedStage, 'opensOn' | 'closesOn'>, calendar: Calendar): DateText | null {
  const rule = pack.campaign?.stages.flatMap((one) => one.duties.map((it) => ({ stage: one, due: it.due, id: it.id }))).find(({ id }) => id === duty.id);
  if (!rule) return null;
  const { kind, roll, inclusive } = rule.due;
  const printed = rule.due.kind === 'on' ? rule.due.on : rule.due.kind === 'endOfStage' ? (windowOf(rule.stage)?.closesOn ?? null) : null;
  const first = printed && (inclusive ? printed : addDays(printed, -1));
  return {
    kind, printed, inclusive, roll, opensOn: stage.opensOn, closesOn: stage.closesOn, mayBringForward: duty.mayBringForward, notBefore: duty.notBefore ?? null, wording: duty.wording,
    days: first ? rolledOver(first, roll, calendar) : [],
  };
}

/** The end of a period of the pack after an event, with the days that were counted and looked up. */
export function periodText({ value: { after, roll, inclusive } }: Cited<Period>, eventOn: LocalDate, calendar: Calendar): PeriodText {
  if (!after) return { after: null, inclusive, roll, days: [] };
  const { event: _event, ...span } = after;
  if ('immediately' in span) return { after: span, inclusive, roll, days: [] };
  const days = new Map<string, Day>();
  if ('workingDays' in span) for (let day = eventOn, end = due({ from: eventOn, ...span }, calendar).on; day < end;) { day = addDays(day, 1); days.set(day, dayOn(day, calendar)); }
  for (const day of rolledOver(due({ from: eventOn, ...span }, calendar).on, roll, calendar)) days.set(day.on, day);
  return { after: span, inclusive, roll, days: [...days.values()] };
}
