import type { Fact, FactKind } from '@zhijian/contracts';
import type { colourPublished, colourWithdrawn } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

type DataOf<K> = K extends FactKind<infer T> ? T : never;

const keep = `insert into colour_ref (institution_id, jurisdiction, year, revision, colour, published_on, pack, pack_version) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (institution_id, jurisdiction, year) do update set revision = excluded.revision, colour = excluded.colour, published_on = excluded.published_on, pack = excluded.pack, pack_version = excluded.pack_version
   where colour_ref.revision <= excluded.revision`;

/** What is public of a body's year stands here too: whoever decides about it bears it in mind (CQ-2024-19). */
export const keepColour = ({ data }: Fact<DataOf<typeof colourPublished>>, tx: Tx): Promise<number> =>
  tx.execute(keep, [data.institutionId, data.jurisdiction, data.year, data.revision, data.colour, data.publishedOn, data.policy.pack, data.policy.version]);

export const dropColour = ({ data }: Fact<DataOf<typeof colourWithdrawn>>, tx: Tx): Promise<number> =>
  tx.execute(keep, [data.institutionId, data.jurisdiction, data.year, data.revision, null, null, data.policy.pack, data.policy.version]);
