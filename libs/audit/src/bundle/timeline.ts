import { decisionWords } from '@zhijian/contracts/words';
import type { Certificate } from '../certificate.js';
import type { CommandEntry } from '../command-entry.js';
import type { Contents, StatedFact } from '../verify/contents.js';
import { eventWords } from '../verify/history.check.js';
import { ofOtherRun } from '../verify/runs.check.js';
import { attributesOf, kindOf, payloadsOf, type HistoryEvent } from './history.js';
import { namesIn } from './names.js';
import type { PackWords } from './quotes.js';
import { countsOf, factWords, resultWords, stepWords, talliesOf, untilOf } from './words.js';

/** One line of the story. `actor` is the recorded, authenticated one, never what Temporal was told. */
export interface StoryLine {
  at: string;
  /** Numbers of the events it is told by: `12` or `12–16`; empty for a command outside the workflow. */
  event: string;
  group: string;
  step: string;
  result: string;
  clauses: { id: string; quote: string }[];
  rule: string | null;
  actor: string;
  pack: string | null;
  calendar: string | null;
}

interface StepSaid { did?: { kind: string; stage?: string; duty?: string; counts: Record<string, number> }[]; next?: Next; pack?: string; calendar?: string; rosterId?: string; counts?: Record<string, number>; outcome?: string; units?: string[]; finished?: number; dueAt?: string; clauses?: string[] }
interface Next { kind: string; stage?: string; duty?: string; dueAt?: string; clauses?: string[] }
type Quotes = PackWords['quotes'];
type Named = ReturnType<typeof namesIn>;
interface Basis { pack: string | null; calendar: string | null }

/** The story of a run: what its workflow went through, and the commands around it, in the order of their time. What steps of other runs did is told in their own stories. */
export function storyOf(contents: Contents, words: PackWords): StoryLine[] {
  const named = namesIn(contents, words.titles);
  const steps = stepsOf(contents, words, named);
  const told = new Set(steps.flatMap(({ entry }) => (entry ? [entry.id] : [])));
  const commands = contents.entries.filter(({ entry, room }) => !told.has(entry.id) && room !== 'workflows' && !ofOtherRun(entry, contents.archive)).map(({ entry }) => commandLine(entry, contents, words.quotes, named));
  return [...steps.map(({ line }) => line), ...commands].map((line, at) => ({ line, at })).sort((a, b) => Date.parse(a.line.at) - Date.parse(b.line.at) || a.at - b.at).map(({ line }) => line);
}

const cited = (ids: readonly string[], quotes: Quotes) => [...new Set(ids)].map((id) => ({ id, quote: quotes.get(id) ?? '' }));
const clausesOf = ({ notes }: CommandEntry): string[] => notes.flatMap(({ policy }) => ((policy ?? {}) as { clauses?: string[] }).clauses ?? []);

function stepsOf({ history, entries, archive, facts, certificates }: Contents, { quotes, titles }: PackWords, named: Named): { line: StoryLine; entry: CommandEntry | null }[] {
  const events = history?.events ?? [];
  const scheduled = new Map(events.map((event) => [event.eventId, event]));
  const by = new Map(entries.filter(({ entry: { workflow: step } }) => step?.id === archive?.workflowId && step?.run === archive?.runId).map(({ entry }) => [entry.workflow!.activity, entry]));
  const basis: Basis = { pack: null, calendar: null };
  const workflow = `workflow:${archive?.workflowId ?? ''}`;
  let now = begunAnewAt(entries.map(({ entry }) => entry), archive) ?? beganAt(archive?.workflowId ?? '', facts) ?? events[0]?.eventTime ?? '';
  return events.flatMap((event) => {
    const attributes = attributesOf(event);
    const said = (payloadsOf(event)[0] ?? {}) as StepSaid & { factId?: string; result?: StepSaid | null };
    const kind = kindOf(event);
    const line = (group: string, more: Partial<StoryLine>): StoryLine => ({ at: now, event: event.eventId, group, step: eventWords[kind] ?? kind, result: '', clauses: [], rule: null, actor: workflow, ...basis, ...more });
    if (kind === 'ACTIVITY_TASK_COMPLETED') {
      const first = scheduled.get(String(attributes['scheduledEventId']))!;
      const { activityId, activityType } = attributesOf(first) as { activityId: string; activityType: { name: string } };
      const entry = by.get(activityId) ?? null;
      if (said.pack) basis.pack = said.pack;
      if (said.calendar) basis.calendar = said.calendar;
      now = entry?.at ?? now;
      return [{ entry, line: line('步骤', { event: `${first.eventId}–${event.eventId}`, step: stepWords[activityType.name] ?? activityType.name, result: resultOf(said, titles), clauses: cited([...(entry ? clausesOf(entry) : []), ...(nextOf(said)?.clauses ?? said.clauses ?? [])], quotes), actor: entry?.actor ?? workflow, rule: ruleOf(entry, certificates), ...basis }) }];
    }
    if (kind === 'WORKFLOW_EXECUTION_SIGNALED') {
      const fact = said.factId ? facts.get(said.factId) : undefined;
      if (said.result) { if (said.result.pack) basis.pack = said.result.pack; if (said.result.calendar) basis.calendar = said.result.calendar; }
      now = fact && Date.parse(fact.time) > Date.parse(now) ? fact.time : now;
      return [{ entry: null, line: line('通知', { step: !fact ? '收到统一开展的结果' : factWords[fact.type] ? '收到通知' : '收到调整通知', result: fact ? reasonOf(fact) : said.result ? resultOf(said.result, titles) : '由本单位自行开展', actor: fact?.actor ?? workflow, ...basis }) }];
    }
    if (['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED', 'WORKFLOW_EXECUTION_FAILED', 'WORKFLOW_EXECUTION_TERMINATED', 'WORKFLOW_EXECUTION_CANCELED', 'WORKFLOW_EXECUTION_TIMED_OUT', 'START_CHILD_WORKFLOW_EXECUTION_INITIATED', 'ACTIVITY_TASK_FAILED'].includes(kind)) return [{ entry: null, line: line('流程', { result: kind === 'WORKFLOW_EXECUTION_COMPLETED' ? resultOf(said, titles) : named({ subject: childOf(event), detail: {} }) }) }];
    return [];
  });
}

/** What has a workflow begin, by the first step of its id; a campaign begins with the first fact of its file. */
const begins: Readonly<Record<string, string>> = { colour: 'quality-control.colour-run-opened', notice: 'publication.notice-posted', consequences: 'publication.notice-finished' };
const beganAt = (workflowId: string, facts: Contents['facts']): string | undefined => {
  const all = [...facts.values()];
  return (all.find(({ type }) => type === begins[workflowId.split('/')[0]!]) ?? all[0])?.time;
};

/** A run begun anew begins after what the steps of those before it did; undefined where none was before it. */
function begunAnewAt(entries: readonly CommandEntry[], archive: Contents['archive']): string | undefined {
  const first = entries.find(({ workflow }) => workflow?.id === archive?.workflowId && workflow?.run === archive?.runId);
  return first && entries.filter((entry) => ofOtherRun(entry, archive) && Date.parse(entry.at) < Date.parse(first.at)).map(({ at }) => at).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

const reasonOf = ({ data, type }: StatedFact): string => factWords[type] ?? (typeof data['reason'] === 'string' ? data['reason'] : type);
/** What comes next: part of a step's result, or the whole of it. */
const nextOf = (said: StepSaid & Partial<Next>): Next | undefined => said.next ?? (said.kind ? (said as Next) : undefined);
/** Whose workflow an event is about, without its kind. */
const childOf = (event: HistoryEvent): string => String((attributesOf(event) as { workflowId?: string }).workflowId ?? '').replace(/^[a-z-]+\//, '');

const ruleOf = (entry: CommandEntry | null, certificates: Contents['certificates']): string | null => {
  const ids = new Set(entry?.certificates.map(({ id }) => id));
  const decided = certificates.find(({ certificate }: { certificate: Certificate }) => ids.has(certificate.id) && certificate.rule)?.certificate;
  return decided?.rule ? `${decisionWords[decided.kind]}（${decided.rule.name}）` : null;
};

function resultOf(said: StepSaid, titles: PackWords['titles']): string {
  const { did = [], rosterId, counts, outcome, finished } = said;
  const next = nextOf(said);
  const about = ({ duty, stage }: { duty?: string; stage?: string }): string => { const id = duty ?? stage; return id ? `“${titles.get(id) ?? id}”` : ''; };
  const done = did.map(({ kind, stage, duty, counts: counted }) => `${stepWords[kind] ?? kind}${about({ duty, stage })}${countsOf(counted)}`);
  const tallies = talliesOf(said as Readonly<Record<string, unknown>>);
  return [
    ...(tallies ? [tallies] : []), ...(!next && said.dueAt ? [`期限 ${untilOf(said.dueAt)}`] : []),
    ...done, ...(rosterId ? [`名单 ${countsOf(counts ?? {})}`] : []), ...(outcome ? [`办结 ${countsOf(counts ?? {})}`] : []), ...(finished === undefined ? [] : [`办结 ${finished} 个单位`]),
    ...(next?.dueAt ? [`下一步：${stepWords[next.kind] ?? next.kind}${about(next)}，${next.dueAt.slice(0, 10)}`] : next?.kind === 'done' ? ['没有后续节点'] : []),
  ].join('；');
}

function commandLine(entry: CommandEntry, { certificates }: Contents, quotes: Quotes, named: Named): StoryLine {
  const [note] = entry.notes;
  const { pack, version } = (note?.policy ?? {}) as { pack?: string; version?: number };
  return {
    at: entry.at, event: '', group: '办理', step: resultWords[note?.action ?? ''] ?? note?.action ?? '提交', result: entry.notes.length > 1 ? `共 ${entry.notes.length} 项` : note ? named(note) : '',
    clauses: cited(clausesOf(entry), quotes), rule: ruleOf(entry, certificates), actor: entry.actor, pack: pack ? `${pack}@${version}` : null, calendar: null,
  };
}
