import type { Fact } from '@zhijian/contracts';
import type { InstitutionRef, QualificationLine } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

/** Its qualifications; where none are listed, one of its kind, for as long as it is filed. */
export const linesOf = ({ kind, filing, lines }: Pick<InstitutionRef, 'kind' | 'filing' | 'lines'>): QualificationLine[] =>
  (lines?.length ? lines : [{ kind, number: filing?.number ?? null, issuer: null, from: filing?.filedOn ?? null, to: filing?.closedOn ?? null }]);

/** The newest revision wins, in whatever order facts arrive. */
export async function keepInstitution({ data }: Fact<InstitutionRef>, tx: Tx): Promise<void> {
  await tx.execute(
    `insert into institution_ref (id, credit_code, name, kind, lines, jurisdiction, serves, filed_on, closed_on, invented, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set credit_code = excluded.credit_code, name = excluded.name, kind = excluded.kind, lines = excluded.lines, jurisdiction = excluded.jurisdiction, serves = excluded.serves,
       filed_on = excluded.filed_on, closed_on = excluded.closed_on, invented = excluded.invented, revision = excluded.revision
     where institution_ref.revision < excluded.revision`,
    [data.institutionId, data.creditCode, data.name, data.kind, JSON.stringify(linesOf(data)), data.jurisdiction, data.serves ?? [], data.filing?.filedOn ?? null, data.filing?.closedOn ?? null, data.invented, data.revision]);
}
