import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { dueAt, localDate } from '@zhijian/calendar';
import { isRefused, type PolicyRef, type Refused } from '@zhijian/contracts';
import { rectificationLimited, rectificationVerified } from '@zhijian/contracts/facts';
import type { BodyOf, inspection } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { actingRefused, seatOf, type AgencyRefusal } from '../campaign/agency.rules.js';
import { acceptLimit, acceptVerification, limitRuleOf, rectifiedInTime, type Ground, type LimitRefusal, type LimitRule } from './limit.rules.js';
import { groundIn, type RectificationRefusal } from './rectification.rules.js';
import { receiverRefused, type Done } from './rectification.service.js';

type Refusal = Refused<LimitRefusal | RectificationRefusal | AgencyRefusal>;
type Verified = BodyOf<typeof inspection.verifyRectification>;
interface Row {
  id: string; institutionId: string; jurisdiction: string; year: number; state: string; version: number; publishedOn: string; pack: string; packVersion: number; clauses: string[];
  limitOn: string | null; missed: boolean; rectifiedOn: string | null; accepted: { correctedOn: string | null }[] | null;
}

const held = `select r.id, r.institution_id as "institutionId", r.jurisdiction, r.year, r.state, r.version, r.published_on::text as "publishedOn", r.pack, r.pack_version as "packVersion", r.clauses,
    r.limit_on::text as "limitOn", r.missed_at is not null as missed, r.rectified_on::text as "rectifiedOn",
    (select p.items from rectification_report p where p.rectification_id = r.id and p.state = 'accepted' order by p.report desc limit 1) as accepted
  from rectification r where r.id::text = $1`;

/** The limit of rectification itself (限期整改): written by the agency for a case, and seen to have been kept. Nothing ends by it. */
@Injectable()
export class LimitService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  /** @throws StaleWrite */
  write(id: string, { limitOn, reason, document }: BodyOf<typeof inspection.limitRectification>, principal: Principal, version: number, by: Caller): Promise<Done | Refusal> {
    return this.uow.run({ ...by, lock: `rectification/${id}` }, async (tx): Promise<Done | Refusal> => {
      const { row, pack } = await this.taken(tx, id);
      const rule = limitRuleOf(pack, row.publishedOn);
      if (isRefused(rule)) return rule;
      const fit = limiterRefused(pack, row, rule, principal, tx.now) ?? acceptLimit(limitOn, { ...row, clauses: rule.clauses, today: tx.now.slice(0, 10) });
      if (isRefused(fit)) return fit;
      const agency = seatOf(rule.agency, groundIn(pack, row.jurisdiction, tx.now)).name;
      const written = { limitOn, reason, document, agency, basis: rule.basis, reading: rule.reading, at: tx.now };
      await guarded(tx, row, version, 'limit_on = $3, limit_at = $4, limits = limits || $5::jsonb', [limitOn, dueAt(localDate(limitOn)), JSON.stringify([written])]);
      const policy = policyOf(row, rule.clauses);
      tx.certify(decidedByPerson(pack, {
        kind: 'remedy-date', subject: row.id, about: [row.institutionId], jurisdiction: row.jurisdiction, inputs: { reason, document, before: row.limitOn }, outcome: { limitOn }, clauses: rule.clauses,
        reason: `整改期限由${agency}逐案写明${rule.reading ? `（${rule.reading}）` : ''}`, context: { year: row.year, basis: rule.basis, reading: rule.reading },
      }));
      tx.fact(rectificationLimited, row.institutionId, { ...ofYear(row), limitOn, dueAt: dueAt(localDate(limitOn)), before: row.limitOn, basis: rule.basis, reading: rule.reading, policy }, row.jurisdiction);
      tx.note('rectification limited', row.id, policy, { institution: row.institutionId, limitOn, before: row.limitOn, basis: rule.basis, reading: rule.reading, reason, document }, row.jurisdiction);
      return { rectificationId: row.id };
    });
  }

  /** What was rectified within the limit and written down later was never missed. @throws StaleWrite */
  verify(id: string, { rectifiedOn, verifiedBy, from, remark }: Verified, principal: Principal, version: number, by: Caller): Promise<Done | Refusal> {
    return this.uow.run({ ...by, lock: `rectification/${id}` }, async (tx): Promise<Done | Refusal> => {
      const { row, pack } = await this.taken(tx, id);
      const rule = limitRuleOf(pack, row.publishedOn);
      const clauses = isRefused(rule) ? row.clauses : rule.clauses;
      const fit = receiverRefused(pack, row, principal, tx.now) ?? acceptVerification(rectifiedOn, { ...row, clauses, today: tx.now.slice(0, 10) }, await groundOf(tx, row, from));
      if (isRefused(fit)) return fit;
      const inTime = rectifiedInTime(rectifiedOn, row.limitOn);
      await guarded(tx, row, version, 'rectified_on = $3, verification = $4, missed_at = case when $5 then null else missed_at end', [rectifiedOn, JSON.stringify({ rectifiedOn, verifiedBy, from, remark, inTime, at: tx.now }), inTime === true]);
      const policy = policyOf(row, clauses);
      tx.certify(decidedByPerson(pack, {
        kind: 'verification', subject: row.id, about: [row.institutionId, ...(from.kind === 'check' ? [from.checkId] : [])], jurisdiction: row.jurisdiction, inputs: { rectifiedOn, from: { ...from }, verifiedBy: [...verifiedBy], remark, limitOn: row.limitOn },
        outcome: { rectified: true, inTime }, clauses, context: { year: row.year },
      }));
      tx.fact(rectificationVerified, row.institutionId, { ...ofYear(row), rectifiedOn, from: from.kind, limitOn: row.limitOn, inTime, policy }, row.jurisdiction);
      tx.note('rectification verified', row.id, policy, { institution: row.institutionId, rectifiedOn, from: { ...from }, verifiedBy, inTime, remark }, row.jurisdiction);
      return { rectificationId: row.id };
    });
  }

  private async taken(tx: Tx, id: string): Promise<{ row: Row; pack: Pack }> {
    const [row] = await tx.query<Row>(held, [id]);
    if (!row) throw notFound('这份整改任务');
    return { row, pack: await this.packs.get(`${row.pack}@${row.packVersion}`) };
  }
}

/** Only whom the pack names to write a limit, or an authority above it. */
export const limiterRefused = (pack: Pack, { jurisdiction }: Pick<Row, 'jurisdiction'>, { agency, clauses }: LimitRule, principal: Principal, now: string): Refusal | null =>
  actingRefused(principal, agency, groundIn(pack, jurisdiction, now), clauses, { foreign: 'rectification-elsewhere', orAbove: true });

const ofYear = ({ id, institutionId, jurisdiction, year }: Row) => ({ rectificationId: id, institutionId, jurisdiction, year });
const policyOf = ({ pack, packVersion }: Row, clauses: readonly string[]): PolicyRef => ({ pack, version: packVersion, clauses: [...clauses] });

async function guarded(tx: Tx, { id }: Row, version: number, set: string, values: readonly unknown[]): Promise<void> {
  if ((await tx.execute(`update rectification set ${set}, version = version + 1 where id = $1 and version = $2`, [id, version, ...values])) !== 1) throw new StaleWrite();
}

/** The check of this body in this place of colours, or the report that was accepted. */
async function groundOf(tx: Tx, { institutionId, jurisdiction, accepted }: Row, from: Verified['from']): Promise<Ground> {
  if (from.kind === 'report') return { kind: 'report', corrected: accepted && accepted.map(({ correctedOn }) => correctedOn) };
  const [check] = await tx.query<{ visitedOn: string }>('select visited_on::text as "visitedOn" from check_record where id::text = $1 and institution_id = $2 and jurisdiction = $3', [from.checkId, institutionId, jurisdiction]);
  return { kind: 'check', visitedOn: check?.visitedOn ?? null };
}
