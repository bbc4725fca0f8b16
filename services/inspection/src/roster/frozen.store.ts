import type { Tx } from '@zhijian/persistence';

/** Units whose frozen roster is here with all its parts. */
export async function rostersHere(tx: Pick<Tx, 'query'>, campaignId: string, units: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ unit: string }>(
    `select r.unit from roster r where r.campaign_id = $1 and r.unit = any($2::text[]) and r.parts <= (select count(*) from roster_part p where p.roster_id = r.id)`, [campaignId, units]);
  return rows.map(({ unit }) => unit);
}

/**
 * Takes over the frozen rosters of these units, as far as all their parts are here. What arrived must be what was frozen:
 * the digest is SHA-256 over the lines `id:state` in order of the ids.
 * @returns how many bodies each has, and how many of them are in the campaign
 * @throws when a digest does not fit
 */
export async function takeRosters(tx: Tx, campaignId: string, units: readonly string[]): Promise<Map<string, { members: number; inside: number }>> {
  const here = await rostersHere(tx, campaignId, units);
  const rows = await tx.query<{ unit: string; members: number; inside: number; fits: boolean }>(
    `select r.unit, count(m.institution_id)::int as members, (count(m.institution_id) filter (where m.state = 'in'))::int as inside,
            bool_and(m.reason is null) is not true -- somebody was added since
              or r.digest = encode(sha256(convert_to(coalesce(string_agg(m.institution_id || ':' || m.state || E'\\n', '' order by m.institution_id), ''), 'UTF8')), 'hex') as fits
       from roster r left join roster_member m on m.campaign_id = r.campaign_id and m.unit = r.unit
      where r.campaign_id = $1 and r.unit = any($2::text[]) group by r.unit, r.digest`, [campaignId, here]);
  const wrong = rows.find(({ fits }) => !fits);
  if (wrong) throw new Error(`the roster of ${wrong.unit} that arrived is not the one that was frozen`);
  await tx.execute(`update campaign_unit u set roster_id = r.id, version = version + 1 from roster r where u.campaign_id = $1 and u.unit = any($2::text[]) and r.campaign_id = $1 and r.unit = u.unit`, [campaignId, here]);
  return new Map(rows.map(({ unit, members, inside }) => [unit, { members, inside }]));
}
