import { decidedByRule, type ConsequenceText } from '@zhijian/audit/rules';
import { newId } from '@zhijian/contracts';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { policyOf } from '../campaign/campaign.shown.js';
import { reopen, takeOut, type Reopening } from '../draw/sample.store.js';
import { dutySubject } from '../evidence/due-date.evidence.js';

/** What an authority must bear in mind of a body, and what it rests on. */
export interface Flag {
  institutionId: string;
  kind: 'key-supervision' | 'leniency' | 'strict';
  /** `obligation:…`, `report:…`, `visit:…`: the same ground raises a flag once. */
  ground: string;
  obligationId?: string | null;
  caseId?: string | null;
  reason: string;
  clauses: readonly string[];
  untilOn?: string | null;
}

const raise = `insert into flag (id, campaign_id, unit, institution_id, kind, ground, obligation_id, case_id, reason, clauses, until_on, raised_at, actor)
  select f.id, $1, $2, f."institutionId", f.kind, f.ground, f."obligationId", f."caseId", f.reason, f.clauses, f."untilOn", $4, $5
    from jsonb_to_recordset($3::jsonb) as f(id uuid, "institutionId" uuid, kind text, ground text, "obligationId" uuid, "caseId" uuid, reason text, clauses jsonb, "untilOn" date)
  on conflict (campaign_id, institution_id, kind, ground) do update set lifted_at = null, lifted_reason = null, raised_at = excluded.raised_at where flag.lifted_at is not null
  returning institution_id as "institutionId", kind, reason`;

/**
 * Raises flags of bodies of one unit. Key supervision re-opens the samples that want it. No fact says so: a body learns of
 * no check before somebody is there; officers see the flag on its page, auditors in the audit trail.
 */
export async function raiseFlags(tx: Tx, campaign: Campaign, unit: CampaignUnit, flags: readonly Flag[], pack: Pack, reopenings: readonly Reopening[] = ['key-supervision']): Promise<Flag[]> {
  if (flags.length === 0) return [];
  const raised = await tx.query<{ institutionId: string; kind: Flag['kind'] }>(raise, [campaign.id, unit.unit, JSON.stringify(flags.map((flag) => ({ id: newId(), ...flag }))), tx.now, tx.by.actor]);
  const begun = flags.filter(({ institutionId, kind }) => raised.some((one) => one.institutionId === institutionId && one.kind === kind));
  for (const flag of begun) {
    tx.note('flag raised', flag.institutionId, policyOf(campaign, flag.clauses), { kind: flag.kind, ground: flag.ground, reason: flag.reason, until: flag.untilOn ?? null });
  }
  const key = flags.filter(({ kind }) => kind === 'key-supervision');
  if (key.length > 0) await reopen(tx, campaign, unit, reopenings, key.map(({ institutionId, reason, clauses }) => ({ institutionId, reason, clauses })), pack);
  return begun;
}

interface Late { id: string; duty: string; state: string; institutionId: string; title: string; missed: { consequence: string | null; clauses: string[]; until?: string } }

/** What lateness brings with it, or no longer brings: one certificate for all bodies of a unit with whom a duty stands alike. */
function certifyConsequence(tx: Tx, campaign: Campaign, { unit }: CampaignUnit, rows: readonly Late[], pack: Pack): void {
  for (const alike of Map.groupBy(rows, ({ duty, state, missed }) => JSON.stringify([duty, state, missed])).values()) {
    const { duty, state, missed } = alike[0]!;
    const text: ConsequenceText = { duty, consequence: missed.consequence, until: missed.until ?? null };
    tx.certify(decidedByRule(pack, {
      kind: 'supervision', subject: dutySubject(campaign.id, unit, duty), about: alike.flatMap(({ id, institutionId }) => [id, institutionId]), jurisdiction: unit, context: { campaign: campaign.id, unit, duty },
      form: 'consequence', name: 'missed', text, inputs: { state }, clauses: missed.clauses,
    }));
  }
}

/** What the pack attaches to a duty that was missed: late is late, whether it was never done or done too late. */
export async function followMissed(tx: Tx, campaign: Campaign, unit: CampaignUnit, obligations: readonly string[], pack: Pack): Promise<void> {
  if (obligations.length === 0) return;
  const rows = await tx.query<Late>(
    `select id, duty, state, institution_id as "institutionId", title, missed from obligation
      where id = any($1::uuid[]) and institution_id is not null and state in ('overdue', 'late') and missed->>'consequence' = 'key-supervision' order by id`, [obligations]);
  const raised = await raiseFlags(tx, campaign, unit, rows.map(({ id, institutionId, title, missed }) => ({
    institutionId, kind: 'key-supervision', ground: `obligation:${id}`, obligationId: id, reason: `逾期未提交${title}`, clauses: missed.clauses, untilOn: missed.until ?? null,
  })), pack, ['report-late', 'key-supervision']);
  const ids = new Set(raised.map(({ obligationId }) => obligationId));
  certifyConsequence(tx, campaign, unit, rows.filter(({ id }) => ids.has(id)), pack);
}

/** Lifts what rests on lateness that turned out to be none: received in time and entered later, or given more time. */
export async function liftUnfounded(tx: Tx, campaign: Campaign, unit: CampaignUnit, pack: Pack): Promise<void> {
  const reason = '经核实并未逾期';
  const lifted = await tx.query<Late & { clauses: string[]; left: number }>(
    `with lifted as (
       update flag f set lifted_at = $3, lifted_reason = $4 from obligation o
        where f.campaign_id = $1 and f.unit = $2 and f.lifted_at is null and o.id = f.obligation_id and o.state not in ('overdue', 'late') returning f.id, f.institution_id, f.clauses, o.id as obligation_id, o.duty, o.state, o.missed, o.title)
     select l.obligation_id as id, l.duty, l.state, l.missed, l.title, l.institution_id as "institutionId", l.clauses,
            (select count(*)::int from flag o where o.campaign_id = $1 and o.institution_id = l.institution_id and o.kind = 'key-supervision' and o.lifted_at is null and o.id <> l.id) as left from lifted l`,
    [campaign.id, unit.unit, tx.now, reason]);
  certifyConsequence(tx, campaign, unit, lifted, pack);
  for (const { institutionId, clauses } of lifted) tx.note('flag lifted', institutionId, policyOf(campaign, clauses), { kind: 'key-supervision', reason });
  const free = lifted.filter(({ left }) => left === 0).map(({ institutionId }) => institutionId);
  if (free.length > 0) await takeOut(tx, campaign, unit, free, reason, pack);
}
