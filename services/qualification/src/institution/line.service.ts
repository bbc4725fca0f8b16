import { Injectable } from '@nestjs/common';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type LineEnd, type Refused } from '@zhijian/contracts';
import { institutionRegistered, type QualificationLine } from '@zhijian/contracts/facts';
import type { BodyOf, qualification } from '@zhijian/contracts/http';
import { everywhere, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { GroundedDecision } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { ColourReference } from '../colour/colour.reference.js';
import { refOf, type Institution } from './institution.queries.js';
import { readCreditCode } from './institution.rules.js';
import { hold, lapse, reread, touch } from './institution.rows.js';
import { acceptLine, acceptLineEnd, type LineRefusal } from './line.rules.js';

/** What an institution is qualified for, line by line, and where it serves beside its home. */
@Injectable()
export class LineService {
  constructor(private readonly uow: UnitOfWork, private readonly colours: ColourReference, private readonly packs: PackShelf) {}

  /** The qualification of a kind as it stands from now on; the one before is kept. */
  record(id: string, line: QualificationLine, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      const before = await hold(tx, id);
      const present = await presentLine(tx, id, line.kind);
      const fit = acceptLine(line, present, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      const { pack, ...weighed } = await this.colours.weighed(tx, id, present ? 'renewal' : 'qualification', { kind: line.kind, on: tx.now.slice(0, 10) });
      await tx.execute('update qualification_line set superseded_at = $3 where institution_id = $1 and kind = $2 and superseded_at is null', [id, line.kind, tx.now]);
      await tx.execute('insert into qualification_line (id, institution_id, kind, number, issuer, valid_from, valid_to, categories, items, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
        [newId(), id, line.kind, line.number, line.issuer, line.from, line.to, listed(line.categories), listed(line.items), by.actor, tx.now]);
      tx.certify(decidedByPerson(pack, { kind: 'filing', ...weighed, subject: id, jurisdiction: by.jurisdiction, inputs: { line: { ...line } }, outcome: 'recorded' }));
      return stated(tx, before, 'qualification recorded', { kind: line.kind });
    });
  }

  end(id: string, { kind, to, how, reason }: BodyOf<typeof qualification.endLine>, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      const before = await hold(tx, id);
      const present = await presentLine(tx, id, kind);
      const fit = acceptLineEnd(to, present, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      await tx.execute('update qualification_line set valid_to = $2, ended = $3, ended_reason = $4 where id = $1', [present!.id, to, how, reason]);
      await lapse(tx, id, kind);
      const { pack, ...ground } = await this.packs.groundsOf(ends[how], { kinds: [kind], on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, { kind: 'closure', ...ground, subject: id, jurisdiction: by.jurisdiction, inputs: { kind, from: present!.from, to, how, reason }, outcome: { to } }));
      return stated(tx, before, 'qualification ended', { kind, to, how, reason });
    });
  }

  /**
   * Whether a body known by its credit code serves a place. It may be anybody's in the register, so that it is looked up for
   * the whole installation; what is told of it is what its public record says.
   */
  serve({ creditCode, place, serving }: BodyOf<typeof qualification.recordService>, by: Caller): Promise<Institution | Refused> {
    const read = readCreditCode(creditCode);
    if (!read.ok) return Promise.resolve(read);
    return this.uow.run({ ...by, scope: everywhere }, async (tx): Promise<Institution | Refused> => {
      const [found] = await tx.query<{ id: string }>('select id from institution where credit_code = $1', [read.code]);
      if (!found) return refuse<LineRefusal>('service-unknown', [], {}, { errors: [{ path: '/creditCode', message: '没有登记过' }] });
      const before = await hold(tx, found.id);
      const refused = serviceRefused(before, place, serving);
      if (refused) return refused;
      await tx.execute(serving ? 'update institution set serves = array(select unnest(serves || $2::text) order by 1) where id = $1' : 'update institution set serves = array_remove(serves, $2) where id = $1', [found.id, place]);
      return stated(tx, before, serving ? 'service place recorded' : 'service place ended', { place });
    });
  }
}

/** 注销, 撤销 and 吊销 each rest on law of their own. */
const ends: Record<LineEnd, GroundedDecision> = { cancelled: 'cancellation', withdrawn: 'withdrawal', revoked: 'revocation', ended: 'closure' };

/** A list as its column takes it; null: not recorded. */
const listed = (list: readonly string[] | undefined): string | null => (list ? JSON.stringify(list) : null);

interface Present { id: string; from: string | null; to: string | null }

/** The recorded qualification of a kind, where it is recorded beside what the kind and the filing say. */
export async function presentLine(tx: Tx, id: string, kind: string): Promise<Present | undefined> {
  const [present] = await tx.query<Present>(`select id, valid_from::text as "from", valid_to::text as "to" from qualification_line where institution_id = $1 and kind = $2 and superseded_at is null`, [id, kind]);
  return present;
}

function serviceRefused({ jurisdiction, serves = [] }: Institution, place: string, serving: boolean): Refused<LineRefusal> | null {
  if (jurisdiction === place) return refuse('service-at-home', [], {}, { wrongState: true });
  if (serves.includes(place) === serving) return refuse(serving ? 'service-already' : 'service-not-recorded', [], {}, { wrongState: true });
  return null;
}

/** Moves the revision on and tells everybody the whole of it. */
export async function stated(tx: Tx, before: Institution, action: string, detail: Record<string, unknown>): Promise<Institution> {
  await touch(tx, before.institutionId, before.version);
  const institution = await reread(tx, before.institutionId);
  tx.fact(institutionRegistered, institution.institutionId, refOf(institution), institution.jurisdiction);
  tx.note(action, institution.institutionId, null, detail);
  return institution;
}
