import type { PolicyRef } from '@zhijian/contracts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { PlannedDuty } from '@zhijian/policy';
import type { Campaign, CampaignUnit } from './campaign.entity.js';

/** Pack, version and the clauses a decision rests on. */
export const policyOf = (campaign: Pick<Campaign, 'pack' | 'packVersion'>, clauses: readonly string[]): PolicyRef => ({ pack: campaign.pack, version: campaign.packVersion, clauses: [...clauses] });

export const packNameOf = (campaign: Pick<Campaign, 'pack' | 'packVersion'>): string => `${campaign.pack}@${campaign.packVersion}`;

/** A campaign as HTTP shows it. */
export const shown = (campaign: Campaign, units: readonly Pick<CampaignUnit, 'unit' | 'name'>[]) => ({
  campaignId: campaign.id, name: campaign.name, pack: campaign.pack, packVersion: campaign.packVersion, packHash: campaign.packHash, calendar: campaign.calendar,
  jurisdiction: campaign.jurisdiction, units: units.filter(({ unit }) => unit !== wholeCampaign).map(({ unit, name }) => ({ code: unit, name })), state: campaign.state, version: campaign.version, draftedBy: campaign.madeBy, approvedBy: campaign.approvedBy,
  findings: campaign.findings.map(({ id, kind, severity, clauses, message, quote, reading }) => ({ id, kind, severity, clauses: [...clauses], message, ...(quote ? { quote } : {}), ...(reading ? { reading } : {}) })),
});

/** A planned duty as a unit's page shows it. */
export const shownDuty = ({ id, kind, title, dueOn, firm, because, subject, actor, form, checklist, decision, sealed, sample, clauses }: PlannedDuty) => ({
  id, kind, title, dueOn, firm, because, subject, actor, form, checklist, decision: decision ?? null, sealed: sealed ?? false, sample: sample ?? null, clauses: [...clauses],
});
