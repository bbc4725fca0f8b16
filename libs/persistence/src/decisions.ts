import { canonicalJson, type Certificate } from '@zhijian/audit';
import { recompute, rulesHit } from '@zhijian/audit/rules';
import type { AnswerOf, QueryOf, decisions } from '@zhijian/contracts/http';

/** Reads in whatever scope its caller may see: a room's own connection. */
export interface Rows { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }
interface Kept { body: string; sha256: string }
type Shown = AnswerOf<typeof decisions.listDecisions>['items'][number];

const shown = ({ body, sha256 }: Kept): Shown => {
  const { about = [], ...certificate } = JSON.parse(body) as Certificate;
  return { ...certificate, about: [...about], clauses: [...certificate.clauses], sha256 };
};
const concerned = (n: number): string => `(c.subject = $${n} or c.about @> array[$${n}::text])`;
/** The instant a day has ended in Beijing. */
const endOf = (on: string): string => new Date(Date.parse(`${on}T00:00:00+08:00`) + 86_400_000).toISOString();

/** The certificates a room keeps, as it is asked for them. */
export class Decisions {
  constructor(private readonly rows: Rows, private readonly now: () => string) {}

  async list({ subject, kind, asOf, limit, cursor }: QueryOf<typeof decisions.listDecisions>): Promise<AnswerOf<typeof decisions.listDecisions>> {
    const [at, id] = cursor?.split(' ') ?? [];
    const found = await this.rows.query<Kept & { at: string; id: string }>(
      `select c.body, c.sha256, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, c.id from certificate c
        where ($1::text is null or ${concerned(1)}) and ($2::text is null or c.kind = $2) and ($3::timestamptz is null or c.at < $3) and ($4::timestamptz is null or (c.at, c.id) < ($4, $5::uuid))
        order by c.at desc, c.id desc limit $6`, [subject ?? null, kind ?? null, asOf ? endOf(asOf) : null, at ? instantIn(at) : null, id && /^[0-9a-f-]{36}$/.test(id) ? id : null, limit]);
    const last = found.at(-1);
    return { items: found.map(shown), next: found.length === limit && last ? `${last.at} ${last.id}` : null };
  }

  async one(id: string): Promise<AnswerOf<typeof decisions.getDecision> | null> {
    const [row] = await this.rows.query<Kept & { entry: string | null; text: string | null }>(
      `select c.body, c.sha256, c.entry, t.body as text from certificate c left join rule_text t on t.sha256 = c.body::jsonb #>> '{rule,sha256}' where c.id = $1`, [id]);
    if (!row) return null;
    const certificate = shown(row);
    const ruleText: unknown = row.text === null ? null : JSON.parse(row.text);
    const again = ruleText === null ? null : recompute(certificate, ruleText);
    const same = again !== null && again.determined === certificate.determined && canonicalJson(again.outcome) === canonicalJson(certificate.outcome);
    return { certificate, body: row.body, ruleText, recomputed: again && { ...again, same }, hits: ruleText === null ? [] : rulesHit(certificate, ruleText), entry: row.entry };
  }

  /**
   * What was known of a subject at 24:00 of a day. Certificates are only ever added, each with the instant it was decided
   * at, so whatever comes later, an amendment, another calendar, another pack version, leaves the answer as it is.
   */
  async asOf({ subject, on }: QueryOf<typeof decisions.asOfDay>): Promise<Omit<AnswerOf<typeof decisions.asOfDay>, 'room'>> {
    const end = endOf(on);
    const latest = await this.rows.query<Kept>(
      `select body, sha256 from (select distinct on (c.kind, c.subject) c.body, c.sha256, c.at, c.id from certificate c where ${concerned(1)} and c.at < $2 order by c.kind, c.subject, c.at desc, c.id desc) latest order by at desc, id desc limit 500`, [subject, end]);
    const items = latest.map(shown);
    return { subject, on, settled: Date.parse(this.now()) >= Date.parse(end) + settling, items, versions: await this.versions(items, subject, end) };
  }

  /** Pack and calendar as they held then in the campaigns the certificates belong to. */
  private async versions(items: readonly Shown[], subject: string, end: string) {
    const campaigns = new Set(items.map((item) => (item.inputs['context'] as { campaign?: string } | undefined)?.campaign ?? (item.kind === 'approval' ? item.subject : undefined)).filter((one) => one !== undefined));
    if (campaigns.size === 0) campaigns.add(subject.split('/')[0]!);
    const rows = await this.rows.query<Kept>(
      `select distinct on (c.subject) c.body, c.sha256 from certificate c where c.subject = any($1::text[]) and c.kind in ('approval', 'pack-move', 'calendar') and c.at < $2 order by c.subject, c.at desc, c.id desc`, [[...campaigns], end]);
    return rows.map(shown).map(({ subject: campaign, pack, calendar, at }) => ({ campaign, pack: pack && `${pack.id}@${pack.version}`, calendar, since: at }));
  }
}

/** A transaction that began before midnight may commit a little after it. */
const settling = 60_000;
const instantIn = (text: string): string | null => (Number.isNaN(Date.parse(text)) ? null : text);
