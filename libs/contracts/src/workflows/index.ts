import type { StepResult, UnitRun } from '../activities/inspection.js';

/** Names shared by the bridge, the workflows and the archive. No zod here: this file goes into the workflow bundle. */
export const taskQueues = { workflows: 'workflows', inspection: 'inspection', qualification: 'qualification', qualityControl: 'quality-control', publication: 'publication' } as const;

/** The unit of a campaign's own duties (roll-up): the campaign as a whole. */
export const wholeCampaign = '*';

export const workflowIds = {
  campaign: (campaignId: string) => `campaign/${campaignId}`,
  unit: (campaignId: string, unit: string) => `campaign/${campaignId}/${unit}`,
  /** A year's colouring of a jurisdiction, from its opening to its year-end lists. */
  colour: (jurisdiction: string, year: number) => `colour/${jurisdiction}/${year}`,
  /** One notice, from its posting to the publication of its entries. */
  notice: (noticeId: string) => `notice/${noticeId}`,
  /** What the colours of a year entail in a jurisdiction: rectification reports (rows and a sweep), and what was owed at the year's end. */
  consequences: (jurisdiction: string, year: number) => `consequences/${jurisdiction}/${year}`,
  /** Campaign and unit of an id; the campaign as a whole where it names no unit. */
  partsOf: (id: string): UnitRun => {
    const [, campaignId = '', unit = wholeCampaign] = id.split('/');
    return { campaignId, unit };
  },
  /** Jurisdiction and year of an id that names them. */
  yearOf: (id: string): ColourYearRun => {
    const [, jurisdiction = '', year = ''] = id.split('/');
    return { jurisdiction, year: Number(year) };
  },
} as const;

export interface ColourYearRun { jurisdiction: string; year: number }

/** `units` and those whose rosters are due at once (`freezing`) as the approval named them; runs of before November 2026 ask for them. */
export interface CampaignInput { campaignId: string; units?: string[]; freezing?: string[] }
/** `together`: the campaign plans and opens all units at once and tells each what came of it; until then the unit waits. */
export interface UnitInput extends UnitRun { together?: true }
export interface AmendedSignal { factId: string; kind: string }
/** What was done for a unit together with the others; null: it does it by itself. */
export interface OpenedSignal { result: StepResult | null }
/** A year's colouring; `runId` is the run's, which the steps name. */
export interface ColouringInput { runId: string; jurisdiction: string; year: number }
/** How far the colours have come: signed, put up for objection, made public as far as nothing holds them back. */
export interface ColoursMovedSignal { factId: string; what: 'signed' | 'posted' | 'finished' }
/** One notice; its dates are asked of publication. */
export interface NoticeInput { noticeId: string }
/** Something has happened to a notice: withdrawn, an objection answered, entries published or put aside. */
export interface NoticeMovedSignal { factId: string; what: 'withdrawn' | 'answered' | 'counted' }
/** A notice has published so many colours of a year. */
export interface PublishedSignal { factId: string; noticeId: string; published: number }
/** Days of duties have moved. */
export interface DaysMovedSignal { factId: string }
export const signals = { amended: 'amended', opened: 'opened', noticeMoved: 'notice-moved', coloursMoved: 'colours-moved', published: 'published', daysMoved: 'days-moved' } as const;
