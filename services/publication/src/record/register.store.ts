import type { Fact } from '@zhijian/contracts';
import type { InstitutionRef } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

/** This room's own copy of who a body is; the newest revision wins, in whatever order facts arrive. */
export async function keepInstitution({ data }: Fact<InstitutionRef>, tx: Tx): Promise<void> {
  tx.write(
    `insert into institution_ref (institution_id, revision, credit_code, name, kind, jurisdiction, invented) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (institution_id) do update set revision = excluded.revision, credit_code = excluded.credit_code, name = excluded.name, kind = excluded.kind, jurisdiction = excluded.jurisdiction, invented = excluded.invented
      where institution_ref.revision < excluded.revision`,
    [data.institutionId, data.revision, data.creditCode, data.name, data.kind, data.jurisdiction, data.invented]);
}
