import { Injectable } from '@nestjs/common';
import { decidedByRule } from '@zhijian/audit/rules';
import type { Fact } from '@zhijian/contracts';
import { recordPublished, type InstitutionRef } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Grounds } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { publicContent, publicLines, publicRule, type PublicContent } from './record.rules.js';

const publish = `with given as (
    select * from jsonb_to_record($3::jsonb) as r("creditCode" text, name text, kind text, jurisdiction text, address text, categories jsonb, items jsonb,
      outreach boolean, "filedOn" date, "filingClosedOn" date, invented boolean, lines jsonb))
  insert into record (institution_id, revision, credit_code, name, kind, jurisdiction, address, categories, items, outreach, filed_on, filing_closed_on, invented, lines, published_at)
  select $1, $2, "creditCode", name, kind, jurisdiction, address, categories, items, outreach, "filedOn", "filingClosedOn", invented, lines, $4::timestamptz from given
  on conflict (institution_id) do update set revision = excluded.revision, credit_code = excluded.credit_code, name = excluded.name, kind = excluded.kind,
    jurisdiction = excluded.jurisdiction, address = excluded.address, categories = excluded.categories, items = excluded.items, outreach = excluded.outreach,
    filed_on = excluded.filed_on, filing_closed_on = excluded.filing_closed_on, invented = excluded.invented, lines = excluded.lines, published_at = excluded.published_at
   where record.revision < excluded.revision`;

@Injectable()
export class RecordService {
  constructor(private readonly packs: PackShelf) {}

  /** Publishes what the fact says of an institution; an older revision than the public one changes nothing. */
  async publish({ id, data, jurisdiction }: Fact<InstitutionRef>, tx: Tx): Promise<void> {
    const content = publicContent(data);
    if (!content) return;
    const { institutionId, creditCode, revision } = data;
    const changed = await tx.execute(publish, [institutionId, revision, JSON.stringify(content), tx.now]);
    if (changed === 0) return;
    await tx.execute('insert into record_revision (institution_id, revision, content, fact_id, published_at) values ($1, $2, $3, $4, $5)',
      [institutionId, revision, JSON.stringify(content), id, tx.now]);
    tx.fact(recordPublished, institutionId, { institutionId, creditCode, revision, publishedAt: tx.now }, jurisdiction);
    certifyRecord(tx, data, await this.packs.groundsOf('register-publication', { kinds: [data.kind, ...(data.lines ?? []).map(({ kind }) => kind)], on: tx.now.slice(0, 10) }), { factId: id, jurisdiction, content });
    tx.note('record published', institutionId, null, { revision });
  }
}

/** What was published, from which fields of the register; what is not public is not in its inputs either. */
function certifyRecord(tx: Tx, ref: InstitutionRef, { pack, ...ground }: Grounds, { factId, jurisdiction, content }: { factId: string; jurisdiction: string; content: PublicContent }): void {
  const { creditCode, name, kind, jurisdiction: home, address, invented, filing } = ref;
  const filed = filing && { categories: filing.categories, items: filing.items, outreach: filing.outreach, filedOn: filing.filedOn, closedOn: filing.closedOn };
  tx.certify(decidedByRule(pack, {
    kind: 'publication', subject: ref.institutionId, about: [content.creditCode], jurisdiction, form: 'public-record', name: 'public-record', text: publicRule, ...ground,
    inputs: { register: { creditCode, name, kind, jurisdiction: home, address, invented, filing: filed, lines: publicLines(ref) } }, context: { fact: factId, revision: ref.revision },
  }));
}
