import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { dayOf } from '@zhijian/calendar';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { colourWithdrawn } from '@zhijian/contracts/facts';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { notFound, PackShelf } from '@zhijian/service-kit';
import type { NoticeRefusal, PublicationRefusal } from '../notice/notice.rules.js';
import { keepSnapshot, ofNotice, packNameOf, policyOf, portalAddress, takeNotice } from '../notice/notice.store.js';

interface Row { noticeId: string; institutionId: string; jurisdiction: string; revision: number; withdrawn: boolean; colour: string | null; current: boolean }

/** Taking down what was published. What stood there, and why it stands no more, stays readable. */
@Injectable()
export class PublicationService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  withdraw(publicationId: string, reason: string, principal: Principal, by: Caller): Promise<{ publicationId: string } | Refused<PublicationRefusal | NoticeRefusal>> {
    return this.uow.run(by, async (tx) => {
      const [row] = await tx.query<Row>(
        `select notice_id as "noticeId", institution_id as "institutionId", jurisdiction, revision, withdrawn, colour,
            not exists (select 1 from colour_publication l where l.jurisdiction = p.jurisdiction and l.year = p.year and l.institution_id = p.institution_id and l.seq > p.seq) as current from colour_publication p where id = $1`, [publicationId]);
      if (!row) throw notFound('这份公开');
      if (!inPlace(principal, row.jurisdiction)) return refuse<NoticeRefusal>('notice-foreign', [], { place: row.jurisdiction });
      if (row.withdrawn || !row.current) return refuse<PublicationRefusal>('publication-gone', [], {}, { wrongState: true });
      const notice = await takeNotice(tx, row.noticeId);
      const pack = await this.packs.get(packNameOf(notice));
      const id = newId();
      const body = canonicalJson({ kind: 'withdrawal', noticeId: notice.id, title: notice.title, institutionId: row.institutionId, year: notice.year, before: row.colour, reason, withdrawnAt: tx.now });
      const hash = sha256(body);
      await keepSnapshot(tx, notice.id, { kind: 'withdrawal', entries: 1, sha256: hash, body });
      await tx.execute(
        `insert into colour_publication (id, jurisdiction, year, institution_id, revision, withdrawn, colour, before, erratum, reason, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses)
         select $2, jurisdiction, year, institution_id, revision, true, null, colour, true, $3, content, credit_code, name, kind, invented, notice_id, run_id, $4, $5, 'portal', $6, $7, pack, pack_version, clauses from colour_publication where id = $1`,
        [publicationId, id, reason, dayOf(tx.now), tx.now, portalAddress(notice.id), hash]);
      const policy = policyOf(notice);
      tx.certify(decidedByPerson(pack, { kind: 'withdrawal', subject: notice.id, about: [row.institutionId], jurisdiction: row.jurisdiction, clauses: policy.clauses, inputs: { reason, colour: row.colour, revision: row.revision }, outcome: 'withdrawn', context: { run: notice.runId, year: notice.year } }));
      tx.fact(colourWithdrawn, row.institutionId, { ...ofNotice(notice), institutionId: row.institutionId, revision: row.revision, before: row.colour!, reason, policy }, row.jurisdiction);
      tx.note('colour withdrawn', notice.id, policy, { institution: row.institutionId, publication: publicationId, reason }, row.jurisdiction);
      return { publicationId: id };
    });
  }
}
