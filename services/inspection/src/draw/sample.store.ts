import { decidedByRule } from '@zhijian/audit/rules';
import { sampleReopened } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Pack, PlannedDuty, SampleRule } from '@zhijian/policy';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { policyOf } from '../campaign/campaign.shown.js';
import { openObligations } from '../campaign/obligation.store.js';
import { awaitsEvent } from '../campaign/unit-stages.rules.js';

/** Why a sample is re-opened, in the words of the packs. */
export type Reopening = SampleRule['reopens'][number];
export interface Addition { institutionId: string; reason: string; clauses: readonly string[] }

/** The duties of a unit that bind only whom a sample names. */
export const sampledDuties = ({ stages }: Pick<CampaignUnit, 'stages'>): (PlannedDuty & { sample: string })[] =>
  stages.flatMap(({ duties }) => duties).filter((duty): duty is PlannedDuty & { sample: string } => duty.sample !== undefined);

const add = `insert into sample_member (campaign_id, sample, unit, institution_id, how, reason, clauses, added_at)
  select $1, $2, $3, m."institutionId", $5, m.reason, m.clauses, $6 from jsonb_to_recordset($4::jsonb) as m("institutionId" uuid, reason text, clauses jsonb)
  on conflict (campaign_id, sample, institution_id) do update set how = excluded.how, reason = excluded.reason, clauses = excluded.clauses, added_at = excluded.added_at, removed_at = null, removed_reason = null
   where sample_member.removed_at is not null
  returning institution_id as "institutionId"`;

/** Puts bodies of a unit into a sample; who is in it already stays as it is. @returns who is new */
export async function putIn(tx: Tx, unit: Pick<CampaignUnit, 'campaignId' | 'unit'>, sample: string, how: 'drawn' | 'added', members: readonly Addition[]): Promise<string[]> {
  if (members.length === 0) return [];
  const rows = await tx.query<{ institutionId: string }>(add, [unit.campaignId, sample, unit.unit, JSON.stringify(members), how, tx.now]);
  return rows.map(({ institutionId }) => institutionId);
}

/** Whoever is in the sample is bound, once the stage of the check is open; before that, its opening binds them. */
export async function bindSampled(tx: Tx, unit: CampaignUnit, sample: string): Promise<void> {
  const open = await tx.query<{ stage: string }>(`select stage from moment where campaign_id = $1 and unit = $2 and kind = 'open-stage' and state = 'done'`, [unit.campaignId, unit.unit]);
  const duties = sampledDuties(unit).filter((duty) => duty.sample === sample && !awaitsEvent(duty) && open.some(({ stage }) => stage === duty.stage));
  if (duties.length > 0) await openObligations(tx, unit.campaignId, [{ unit: unit.unit, momentId: null, duties }]);
}

/**
 * Re-opens the samples that the pack wants re-opened for this reason: the bodies are added openly, each with its reason and
 * clauses. Doing it again adds nobody. Nothing that is stated names them: a check is announced by nothing.
 */
export async function reopen(tx: Tx, campaign: Campaign, unit: CampaignUnit, reopenings: readonly Reopening[], additions: readonly Addition[], pack: Pack): Promise<void> {
  for (const sample of new Set(sampledDuties(unit).map((duty) => duty.sample))) {
    const rule = campaign.samples[sample];
    if (!rule || !rule.reopens.some((reason) => reopenings.includes(reason))) continue;
    const added = await putIn(tx, unit, sample, 'added', additions);
    if (added.length === 0) continue;
    certifyMembers(tx, pack, { campaign, unit: unit.unit, sample, rule }, added, reopenings.find((reason) => rule.reopens.includes(reason)) ?? null);
    await bindSampled(tx, unit, sample);
    changed(tx, campaign, sample, { added: added.length, removed: 0 }, [...new Set([...rule.clauses, ...additions.flatMap(({ clauses }) => clauses)])]);
  }
}

const drop = `with gone as (
    update sample_member m set removed_at = $4, removed_reason = $5 where m.campaign_id = $1 and m.unit = $2 and m.institution_id = any($3::uuid[]) and m.how = 'added' and m.removed_at is null
      and not exists (select 1 from visit v where v.campaign_id = m.campaign_id and v.institution_id = m.institution_id)
    returning m.sample, m.institution_id)
  select sample, array_agg(institution_id) as institutions from gone group by sample`;

/** Takes out again whom nothing keeps in a sample any more, unless somebody has been there. */
export async function takeOut(tx: Tx, campaign: Campaign, unit: CampaignUnit, institutions: readonly string[], reason: string, pack: Pack): Promise<void> {
  const gone = await tx.query<{ sample: string; institutions: string[] }>(drop, [campaign.id, unit.unit, institutions, tx.now, reason]);
  for (const { sample, institutions: out } of gone) {
    const duties = sampledDuties(unit).filter((duty) => duty.sample === sample).map(({ id }) => id);
    await tx.query(
      `with cancelled as (update obligation set state = 'cancelled' where campaign_id = $1 and unit = $2 and duty = any($3::text[]) and institution_id = any($4::uuid[]) and state = 'open' returning id, due_at)
       insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, 'cancelled', $5, due_at, $6 from cancelled`, [campaign.id, unit.unit, duties, out, tx.now, tx.by.actor]);
    const rule = campaign.samples[sample];
    if (rule) certifyMembers(tx, pack, { campaign, unit: unit.unit, sample, rule }, out, null);
    changed(tx, campaign, sample, { added: 0, removed: out.length }, campaign.samples[sample]?.clauses ?? []);
  }
}

interface Sampled { campaign: Campaign; unit: string; sample: string; rule: SampleRule }

/** Who is in a sample whatever was drawn, and on what ground; without a ground nothing keeps them in it any more. */
export function certifyMembers(tx: Tx, pack: Pack, { campaign, unit, sample, rule }: Sampled, institutions: readonly string[], ground: Reopening | null): void {
  if (institutions.length === 0) return;
  tx.certify(decidedByRule(pack, {
    kind: ground ? 'inclusion' : 'exclusion', subject: `${campaign.id}/${sample}`, about: institutions, jurisdiction: unit, context: { campaign: campaign.id, unit, sample },
    form: 'include', name: sample, text: { include: rule.include, reopens: rule.reopens }, inputs: { ground: ground ?? 'none' }, clauses: rule.clauses,
  }));
}

function changed(tx: Tx, campaign: Campaign, sample: string, counts: { added: number; removed: number }, clauses: readonly string[]): void {
  const policy = policyOf(campaign, clauses);
  tx.fact(sampleReopened, campaign.jurisdiction, { campaignId: campaign.id, sample, ...counts, policy }, campaign.jurisdiction);
  tx.note('sample re-opened', `${campaign.id}/${sample}`, policy, counts);
}
