import type { audit } from '@zhijian/contracts/http';
import type { CommandEntry } from '../command-entry.js';
import type { RoomPart } from './format.js';

/** What a workflow is about: a unit's part of a campaign (`*`: the campaign as a whole), a year's colours, a notice, what a year's colours entail. */
export type CaseKind = (typeof audit.caseKinds)[number];

/** A case as its workflow's id names it. What its kind does not have is null. */
export interface NamedCase { kind: CaseKind; workflowId: string; campaignId: string | null; unit: string | null; jurisdiction: string | null; year: number | null; noticeId: string | null }

/** A case as the rooms are asked for it: also by what the first of them says of it. */
export interface AuditedCase extends NamedCase {
  /** The colour runs it belongs to or rests on. */
  runs: readonly string[];
  /** The year whose comparisons and evaluations its colours rest on. */
  basisYear: number | null;
  /** Bodies it is about. */
  institutions: readonly string[];
  /** What in it entries name by an id of its own alone: the cases filed in a campaign, the notices of a year. */
  matters: readonly string[];
}
export type Learnt = Pick<AuditedCase, 'runs' | 'basisYear' | 'institutions' | 'matters'>;

/** The case of a workflow's id (`libs/contracts/src/workflows`). */
export function caseOf(workflowId: string): NamedCase {
  const [kind, one = '', two] = workflowId.split('/');
  const none: NamedCase = { kind: 'other', workflowId, campaignId: null, unit: null, jurisdiction: null, year: null, noticeId: null };
  if (kind === 'campaign') return { ...none, kind, campaignId: one, unit: two ?? '*' };
  if (kind === 'notice') return { ...none, kind, noticeId: one };
  if ((kind === 'colour' || kind === 'consequences') && /^\d{4}$/.test(two ?? '')) return { ...none, kind, jurisdiction: one, year: Number(two) };
  return none;
}

interface Data { campaignId?: string; unit?: string; units?: string[]; noticeId?: string; runId?: string; jurisdiction?: string; year?: number; basisYear?: number; institutionId?: string; caseId?: string; entries?: unknown }
export interface Stated { type: string; data: Data }

/** What colours rest on: facts of the year before, about the bodies coloured. */
const bases = ['quality-control.comparison-decided', 'quality-control.comparison-missed', 'quality-control.evaluation-signed'];

/** Whether a fact belongs to a case. */
export function concerns(asked: AuditedCase, { type, data }: Stated): boolean {
  const ofRun = data.runId !== undefined && asked.runs.includes(data.runId);
  const ofBody = data.institutionId !== undefined && asked.institutions.includes(data.institutionId);
  switch (asked.kind) {
    case 'campaign': return data.campaignId === asked.campaignId && (data.unit === undefined ? data.units === undefined || asked.unit === '*' || data.units.includes(asked.unit!) : data.unit === asked.unit);
    case 'notice': return data.noticeId === asked.noticeId || (ofRun && data.noticeId === undefined && type.startsWith('quality-control.colour-'));
    case 'colour': case 'consequences':
      return ofRun || (data.year === asked.year && (data.jurisdiction === undefined ? ofBody && !bases.includes(type) : data.jurisdiction === asked.jurisdiction))
        || (asked.kind === 'colour' && ofBody && bases.includes(type) && data.year === asked.basisYear);
    case 'other': return false;
  }
}

/** Notices of a year: what is lengthened, or published without a colour, is noted of the notice alone. The room that put them up knows them. */
export const noticesOf = ({ jurisdiction }: NamedCase, stated: readonly Stated[]): string[] =>
  (jurisdiction === null ? [] : stated.flatMap(({ type, data: { noticeId } }) => (type === 'publication.notice-posted' && noticeId !== undefined ? [noticeId] : [])));

/** Ids by which entries name a case. */
const namesOf = ({ workflowId, campaignId, unit, noticeId, jurisdiction, year, runs }: AuditedCase): string[] =>
  [...new Set([workflowId, ...(campaignId ? [campaignId, `campaign/${campaignId}`, `campaign/${campaignId}/${unit!}`, `${campaignId}/${unit!}`] : []), ...(noticeId ? [noticeId] : runs), ...(jurisdiction ? [`${jurisdiction}/${year}`] : [])])];

/** Whether an entry of the log belongs to a case: a step of its workflow, a command that stated one of its facts or was noted about it or one of its matters or, in a campaign, about one of its bodies. */
export function belongs(asked: AuditedCase, entry: CommandEntry, stated: ReadonlySet<string>): boolean {
  const names = namesOf(asked);
  if (names.includes(entry.workflow?.id ?? '') || entry.facts.some(({ id }) => stated.has(id)) || entry.notes.some(({ subject }) => asked.matters.includes(subject))) return true;
  if (asked.kind !== 'campaign') return entry.notes.some(({ subject, detail }) => names.some((name) => subject === name || subject.startsWith(`${name}/`)) || namedIn(detail, names));
  return entry.notes.some((note) => names.includes(note.subject) || asked.institutions.includes(note.subject) || (note.jurisdiction === asked.unit && JSON.stringify(note).includes(asked.campaignId!)));
}

const namedIn = (detail: unknown, names: readonly string[]): boolean => { const text = JSON.stringify(detail); return names.some((name) => text.includes(`"${name}"`)); };

/** Patterns (SQL `like`) that find whatever may belong to a case; `concerns` and `belongs` decide. */
export const patternsOf = (asked: AuditedCase): { facts: string[]; entries: string[] } => {
  const around = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const years = [asked.year, asked.kind === 'colour' ? asked.basisYear : null].filter((year) => year !== null);
  const names = asked.campaignId ? [asked.campaignId] : namesOf(asked);
  return { facts: [...(asked.campaignId ? [asked.campaignId] : [asked.noticeId, ...asked.runs].filter((name) => name !== null)), ...years.map((year) => `"year":${year}`)].map(around), entries: names.map(around) };
};

/** Which room is asked first: the one that knows whom a case is about. */
export const homeOf = ({ kind }: Pick<NamedCase, 'kind'>): 'inspection' | 'publication' | 'quality-control' => (kind === 'notice' ? 'publication' : kind === 'colour' || kind === 'consequences' ? 'quality-control' : 'inspection');

/** What the first room's part says of a case beside its id. */
export function learntFrom(part: RoomPart): Learnt {
  const data = part.facts.map(({ body }) => (JSON.parse(body) as { data: Data }).data);
  const entries = data.flatMap(({ entries: some }) => (Array.isArray(some) ? (some as Data[]) : []));
  const ids = (some: (string | undefined)[]): string[] => [...new Set(some.filter((id) => id !== undefined))].sort();
  return {
    runs: ids(data.map(({ runId }) => runId)), basisYear: data.find(({ basisYear }) => basisYear !== undefined)?.basisYear ?? null,
    matters: ids(data.map(({ caseId }) => caseId)),
    institutions: ids(((part.rows['member'] as Data[] | undefined) ?? [...data, ...entries]).map(({ institutionId }) => institutionId)),
  };
}
