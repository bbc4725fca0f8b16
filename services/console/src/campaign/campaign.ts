import type { Answer } from '@zhijian/web';

export type Campaign = Answer<'getCampaign'>;
export type Overview = Answer<'getOverview'>;
export type OverviewUnit = Overview['units'][number];
export type Stage = OverviewUnit['stages'][number];

/** `place/plan@version` of the pack that a campaign is pinned to. */
export const packOf = ({ pack, packVersion }: Pick<Campaign, 'pack' | 'packVersion'>): string => `${pack.replace(/@\d+$/, '')}@${packVersion}`;

/** A duty of the pack as a page needs it; read from the pack's own data. */
export interface PackDuty { id: string; kind: string; title: string; form?: string; subject?: string; clauses?: string[] }
export interface PackStage { id: string; kind: string; title: string; duties: PackDuty[] }
interface PackShape { campaign?: { stages?: PackStage[] }; stages?: PackStage[]; forms?: Record<string, PackForm> | PackForm[] }
export interface PackForm { id: string; title: string; annex?: string; rows?: string }

export const stagesOf = (pack: unknown): PackStage[] => (pack as PackShape | undefined)?.campaign?.stages ?? (pack as PackShape | undefined)?.stages ?? [];

/** Whether a form goes with each body's own report or list; the others are a unit's. */
export const ofInstitution = ({ rows }: PackForm): boolean => rows === 'issues';

/** The official forms of a pack. */
export function formsOf(pack: unknown): PackForm[] {
  const forms = (pack as PackShape | undefined)?.forms ?? [];
  return Array.isArray(forms) ? forms : Object.entries(forms).map(([id, form]) => ({ ...form, id: form.id ?? id }));
}
