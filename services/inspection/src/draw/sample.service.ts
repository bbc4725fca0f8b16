import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { stateAllows, type Principal } from '@zhijian/access';
import { decidedByRule, type DrawText } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { sampleDrawn } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack, SampleRule } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { actingRefused, groundOf, type AgencyRefusal } from '../campaign/agency.rules.js';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { drawInstitutions, type Candidate, type Drawn, type SampleRefusal } from './sample.rules.js';
import { bindSampled, certifyMembers, putIn, sampledDuties, type Addition } from './sample.store.js';

interface Place { campaign: Campaign; units: CampaignUnit[]; rule: SampleRule }

/** Draws the institutions that will be checked. Drawn once; who must be in it in any case is added to it. */
@Injectable()
export class SampleService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  draw(campaignId: string, sample: string, principal: Principal, by: Caller) {
    return this.uow.run({ ...by, lock: `sample/${campaignId}/${sample}` }, async (tx) => {
      const place = await placeOf(tx, campaignId, sample, principal);
      if ('ok' in place) return place;
      const { campaign, units, rule } = place;
      const candidates = await tx.query<Candidate>(
        `select m.institution_id as "institutionId", m.unit, i.kind from roster_member m left join institution_ref i on i.institution_id = m.institution_id where m.campaign_id = $1 and m.state = 'in' order by 1`, [campaignId]);
      const drawn = drawInstitutions(rule, candidates, randomBytes(32).toString('hex'));
      if (!drawn.ok) return drawn;
      const policy = policyOf(campaign, rule.clauses);
      const pack = await this.packs.get(packNameOf(campaign));
      await recorded(tx, campaignId, sample, drawn.draws, rule.clauses);
      certifyDraws(tx, pack, campaign, sample, rule, drawn.draws);
      const chosen = new Set(drawn.draws.flatMap(({ record }) => record.result));
      const forced = await forcedIn(tx, campaignId, rule);
      for (const unit of units) {
        const here = candidates.filter((candidate) => candidate.unit === unit.unit && chosen.has(candidate.institutionId));
        await putIn(tx, unit, sample, 'drawn', here.map(({ institutionId }): Addition => ({ institutionId, reason: '随机抽取', clauses: rule.clauses })));
        const added = await putIn(tx, unit, sample, 'added', forced.filter((one) => one.unit === unit.unit));
        certifyMembers(tx, pack, { campaign, unit: unit.unit, sample, rule }, added, rule.include.includes('key-supervision') ? 'key-supervision' : 'report-late');
        await bindSampled(tx, unit, sample);
      }
      const draws = drawn.draws.map(({ stratum, record }) => ({ stratum, poolSha256: record.poolSha256, size: record.size }));
      tx.fact(sampleDrawn, campaign.jurisdiction, { campaignId, sample, algorithm: 'sha256-rank-1', draws, policy }, campaign.jurisdiction);
      tx.note('sample drawn', `${campaignId}/${sample}`, policy, { draws });
      return { campaignId, sample };
    });
  }
}

/** The campaign with its units taken, so that no stage opens between the draw and its obligations; or why not to draw. */
async function placeOf(tx: Tx, campaignId: string, sample: string, principal: Principal): Promise<Place | Refused<SampleRefusal | AgencyRefusal>> {
  const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
  if (!campaign) throw notFound('这项专项行动');
  await tx.query('select 1 from campaign_unit where campaign_id = $1 order by unit for update', [campaignId]);
  const units = (await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { unit: 'ASC' } })).filter(({ unit }) => unit !== wholeCampaign);
  const rule = campaign.samples[sample];
  const duty = units.flatMap(sampledDuties).find((one) => one.sample === sample);
  if (!rule || !duty || rule.of !== 'institutions') return refuse<SampleRefusal>('sample-unknown');
  const stranger = actingRefused(principal, duty.actor, groundOf(campaign, wholeCampaign, tx.now), duty.clauses, { foreign: 'agency-elsewhere' });
  if (stranger) return stranger;
  if (!stateAllows(inspection.drawInstitutions, { campaign: campaign.state })) return refuse<SampleRefusal>('sample-closed', [...rule.clauses], {}, { wrongState: true });
  const open = units.filter(({ rosterId, state }) => rosterId === null && state !== 'finished');
  if (open.length > 0) return refuse<SampleRefusal>('sample-roster-open', [...rule.clauses], { units: open.map(({ name }) => name).join('、') }, { wrongState: true });
  const [before] = await tx.query('select 1 from sample_draw where campaign_id = $1 and sample = $2 limit 1', [campaignId, sample]);
  return before ? refuse<SampleRefusal>('sample-drawn', [...rule.clauses], {}, { wrongState: true }) : { campaign, units, rule };
}

async function recorded(tx: Tx, campaignId: string, sample: string, draws: readonly Drawn[], clauses: readonly string[]): Promise<void> {
  for (const { stratum, record } of draws) {
    await tx.query('insert into sample_draw (id, campaign_id, sample, stratum, seed, pool, pool_sha256, size, result, clauses, drawn_at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      [newId(), campaignId, sample, stratum, record.seed, JSON.stringify(record.pool), record.poolSha256, record.size, JSON.stringify(record.result), JSON.stringify(clauses), tx.now, tx.by.actor]);
  }
}

/** Each stratum's draw, with pool and seed: whoever holds the certificate draws again. */
function certifyDraws(tx: Tx, pack: Pack, campaign: Campaign, sample: string, rule: SampleRule, draws: readonly Drawn[]): void {
  const text: DrawText = { algorithm: 'sha256-rank-1', size: rule.size, rounding: rule.rounding, min: rule.min ?? null };
  for (const { stratum, record } of draws) {
    tx.certify(decidedByRule(pack, {
      kind: 'draw', subject: `${campaign.id}/${sample}`, about: record.result, jurisdiction: campaign.jurisdiction, context: { campaign: campaign.id, sample, stratum }, form: 'draw', name: sample, text,
      inputs: { seed: record.seed, pool: [...record.pool], size: null }, clauses: rule.clauses,
    }));
  }
}

/** Who is in it in any case, whatever was drawn. */
function forcedIn(tx: Tx, campaignId: string, rule: SampleRule): Promise<(Addition & { unit: string })[]> {
  return tx.query(
    `select f.unit, f.institution_id as "institutionId", min(f.reason) as reason, (array_agg(f.clauses))[1] as clauses from flag f
       join roster_member m on m.campaign_id = f.campaign_id and m.institution_id = f.institution_id and m.state = 'in'
      where f.campaign_id = $1 and f.kind = 'key-supervision' and f.lifted_at is null and ($2::boolean or ($3::boolean and f.obligation_id is not null)) group by 1, 2`,
    [campaignId, rule.include.includes('key-supervision'), rule.include.includes('report-late')]);
}
