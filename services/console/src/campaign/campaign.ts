import type { Answer, RegistrationWords } from '@zhijian/web';
import { registrationWordsOf } from '@zhijian/web/words';

export type Campaign = Answer<'getCampaign'>;
export type Overview = Answer<'getOverview'>;
export type OverviewUnit = Overview['units'][number];
export type Stage = OverviewUnit['stages'][number];

/** `place/plan@version` of the pack that a campaign is pinned to. */
export const packOf = ({ pack, packVersion }: Pick<Campaign, 'pack' | 'packVersion'>): string => `${pack.replace(/@\d+$/, '')}@${packVersion}`;

/** A duty of the pack as a page needs it; read from the pack's own data. */
export interface PackDuty { id: string; kind: string; title: string; form?: string; subject?: string; clauses?: string[] }
export interface PackStage { id: string; kind: string; title: string; duties: PackDuty[] }
interface PackShape { campaign?: { stages?: PackStage[]; agencies?: Record<string, { level?: string }>; scope?: { kinds?: string[] }; unitWord?: string }; stages?: PackStage[]; forms?: Record<string, PackForm> | PackForm[] }
interface FormColumn { title: string; source?: string; columns?: FormColumn[] }
export interface PackForm { id: string; title: string; annex?: string; rows?: string; columns?: FormColumn[] }

export const stagesOf = (pack: unknown): PackStage[] => (pack as PackShape | undefined)?.campaign?.stages ?? (pack as PackShape | undefined)?.stages ?? [];

/** Whether what this actor has to do is the bodies' own to do: they themselves, or an actor of the pack that stands for them. */
export const actsAsBody = (pack: unknown, actor: string): boolean => actor === 'institution' || (pack as PackShape | undefined)?.campaign?.agencies?.[actor]?.level === 'institution';

/** What the bodies that a campaign is about are entitled by: a filing, a qualification, or both. */
export const scopeWords = (pack: unknown): RegistrationWords => registrationWordsOf((pack as PackShape | undefined)?.campaign?.scope?.kinds ?? []);

/** What the reporting units of a campaign are called, in its pack's word. */
export const unitWord = (pack: unknown): string => (pack as PackShape | undefined)?.campaign?.unitWord ?? '填报单位';

/** Whether a form goes with each body's own report or list; the others are a unit's. */
export const ofInstitution = ({ rows }: PackForm): boolean => rows === 'issues';

/** The official forms of a pack. */
export function formsOf(pack: unknown): PackForm[] {
  const forms = (pack as PackShape | undefined)?.forms ?? [];
  return Array.isArray(forms) ? forms : Object.entries(forms).map(([id, form]) => ({ ...form, id: form.id ?? id }));
}

const flat = (columns: readonly FormColumn[] = []): FormColumn[] => columns.flatMap((column) => [column, ...flat(column.columns)]);

/** What the pack's own forms call the volumes that a body reports: of clients, and of persons. */
export function volumeWords(pack: unknown): { employers: string; workers: string } {
  const titleOf = (source: string): string | undefined => formsOf(pack).flatMap(({ columns }) => flat(columns)).find((column) => column.source === source)?.title;
  return { employers: titleOf('volume-employers') ?? '服务单位家数', workers: titleOf('volume-workers') ?? '服务人数' };
}
