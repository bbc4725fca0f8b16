import { Injectable } from '@nestjs/common';
import type { InstitutionKind } from '@zhijian/contracts';
import type { qualification } from '@zhijian/contracts/http';
import { decide, scaleOf, type Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import type { z } from 'zod';

export type ColourInReview = z.output<typeof qualification.colourInReview>;
/** What is being decided about a body, in the words of the pack's table `colour-in-review`. */
export type Procedure = 'qualification' | 'renewal' | 'change' | 'filing';

interface Weighed { pack: Pack | null; clauses: readonly string[]; reason?: string | null; context?: { procedure: Procedure; reference: ColourInReview[] } }
interface Reader { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }
interface Kept { jurisdiction: string; year: number; colour: string; publishedOn: string; pack: string; version: number }

/** The pack says whether a colour is to be borne in mind, and how; a pack that says nothing of it asks for nothing. */
export function referenceOf(pack: Pack, { jurisdiction, year, colour, publishedOn }: Kept, procedure: Procedure): ColourInReview | null {
  if (!Object.hasOwn(pack.decisions, 'colour-in-review')) return null;
  const use = decide<string>(pack, 'colour-in-review', { procedure });
  if (!use.determined) return null;
  const title = scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === colour)?.title ?? colour;
  return { jurisdiction, year, colour, title, publishedOn, use: use.value, clauses: use.clauses.map(({ id }) => id), pack: `${pack.id}@${pack.version}` };
}

/** The colours in use of a body: the latest public one of each place that colours it. */
@Injectable()
export class ColourReference {
  constructor(private readonly packs: PackShelf) {}

  async inUse(reader: Reader, institutionId: string, procedure: Procedure): Promise<ColourInReview[]> {
    const rows = await reader.query<Kept>(
      `select distinct on (jurisdiction) jurisdiction, year, colour, published_on::text as "publishedOn", pack, pack_version as version
         from colour_ref where institution_id = $1 and colour is not null order by jurisdiction, year desc`, [institutionId]);
    const found = await Promise.all(rows.map(async (row) => referenceOf(await this.packs.get(`${row.pack}@${row.version}`), row, procedure)));
    return found.filter((one) => one !== null);
  }

  /** The same as a certificate carries it: what was borne in mind, the pack that asks for it, and the clauses. Where nothing is, the law on which the decision rests. */
  async weighed(reader: Reader, institutionId: string, procedure: Procedure, { kind, on }: { kind: InstitutionKind; on: string }): Promise<Weighed> {
    const reference = await this.inUse(reader, institutionId, procedure);
    if (reference.length === 0) return this.packs.groundsOf(procedure === 'qualification' || procedure === 'renewal' ? 'qualification' : 'filing', { kinds: [kind], on });
    return { pack: await this.packs.get(reference[0]!.pack), clauses: [...new Set(reference.flatMap(({ clauses }) => clauses))], context: { procedure, reference } };
  }
}
