import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { todayOf } from './clock.js';
import { NameIndex } from './names.js';
import { coloursAsOf, everythingPublic, penaltiesAsOf, recordAsOf, type ColourRow, type EntryRow, type InFull, type KeptNotice, type PenaltyRow, type PublicColour, type PublicEntry, type PublicInstitution, type PublicPenalty, type RecordRow, type Rows } from './published.queries.js';
import { isEntitled } from './qualification.part.js';
import { qualificationsOn } from './qualification.js';

/** One body as the public sees it; its JSON is written when it is first asked for on a day. */
class Body {
  private written: { text: string; etag: string; today: string } | undefined;
  constructor(private readonly record: RecordRow, private readonly places: ReadonlyMap<string, string>, private readonly colour: PublicInstitution['colour'], private readonly colourRows: readonly ColourRow[], private readonly inNotices: readonly { notice: KeptNotice; entry: EntryRow }[], private readonly penalties: readonly PenaltyRow[]) {}

  get name(): string { return this.record.name; }
  get creditCode(): string { return this.record.creditCode; }
  get summary(): PublicInstitution { return this.summaryOn(this.today()); }

  summaryOn(today: string): PublicInstitution {
    const { lines, ...record } = this.record;
    return { ...record, qualifications: qualificationsOn(lines, today, this.places), colour: this.colour };
  }

  /** What its lines say changes with the days; of a body without any everything stays. */
  get changesWithDays(): boolean { return this.record.lines.length > 0; }
  private today(): string { return this.changesWithDays ? todayOf() : ''; }

  inFull(): InFull {
    return { ...this.summary, penalties: this.penalties.map(penaltyShown), colours: coloursOf(this.colourRows), notices: this.inNotices.map(({ notice: { noticeId, title, year, state, postedOn, lastDay, until }, entry }) => ({ noticeId, title, year, state: state as 'posted', postedOn, lastDay, until, entry: { state: entry.state, objection: entry.objection, outcome: entry.outcome, content: entry.state === 'listed' ? (JSON.parse(entry.content) as PublicEntry['content']) : null } })) };
  }

  json(): { text: string; etag: string; today: string } {
    const today = this.today();
    if (this.written?.today === today) return this.written;
    const text = JSON.stringify(this.inFull());
    return (this.written = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`, today });
  }
}
export type PublicBody = Body;

export const penaltyShown = ({ key: _key, ...penalty }: PenaltyRow): PublicPenalty => penalty;

/** Colours the latest first; the first of each place and year is the one that holds. */
export function coloursOf(rows: readonly ColourRow[]): PublicColour[] {
  const seen = new Set<string>();
  return rows.map(({ creditCode: _code, name: _name, kind: _kind, home: _home, invented: _invented, content, ...row }) => {
    const key = `${row.jurisdiction} ${row.year}`;
    const current = !seen.has(key);
    seen.add(key);
    return { ...row, content: JSON.parse(content) as PublicColour['content'], current };
  });
}

/** The colour of the latest year that stands. */
export function standing(rows: readonly ColourRow[]): PublicInstitution['colour'] {
  const current = coloursOf(rows).filter((it) => it.current && !it.withdrawn && it.content.colour).sort((a, b) => b.year - a.year)[0];
  return current ? { year: current.year, ...current.content.colour! } : null;
}

/** A body that was never filed stands in public by its results only. */
const bare = ({ creditCode, name, kind, home, invented }: Pick<ColourRow, 'creditCode' | 'name' | 'kind' | 'home' | 'invented'>, publishedAt: string): RecordRow =>
  ({ creditCode, name, kind, jurisdiction: home, address: '', categories: [], items: [], outreach: false, filedOn: null, filingClosedOn: null, invented, lines: [], publishedAt });

/** Everything public in one version: never changed, only exchanged for the next one. */
export class Published {
  readonly bodies = new Map<string, Body>();
  readonly names: NameIndex<Body>;
  readonly notices = new Map<string, { notice: KeptNotice; entries: EntryRow[] }>();
  readonly places: ReadonlyMap<string, string>;
  /** The latest decided first; of people and of bodies that no register knows too. */
  readonly penalties: readonly PenaltyRow[];
  private readonly byDay: readonly Body[];
  private readonly entitledAnyDay: number;
  private readonly publishedAt: string | null;

  constructor(readonly version: string, rows: Rows) {
    this.places = new Map(rows.places.map(({ id, name }) => [id, name]));
    this.penalties = rows.penalties;
    const penalties = Map.groupBy(rows.penalties, ({ creditCode }) => creditCode);
    for (const notice of rows.notices) this.notices.set(notice.noticeId, { notice, entries: [] });
    const colours = Map.groupBy(rows.colours, ({ creditCode }) => creditCode);
    const entries = Map.groupBy(rows.entries, ({ creditCode }) => creditCode);
    for (const entry of rows.entries) this.notices.get(entry.noticeId)?.entries.push(entry);
    const records = new Map(rows.records.map((record) => [record.creditCode, record]));
    for (const code of new Set([...records.keys(), ...colours.keys(), ...entries.keys()])) {
      const own = colours.get(code) ?? [];
      const put = (entries.get(code) ?? []).flatMap((entry) => { const known = this.notices.get(entry.noticeId); return known ? [{ notice: known.notice, entry }] : []; });
      const record = records.get(code) ?? (own[0] ? bare(own[0], own[0].publishedAt) : put[0] && bare(put[0].entry, put[0].notice.postedAt));
      if (record) this.bodies.set(code, new Body(record, this.places, standing(own), own, put, penalties.get(code) ?? []));
    }
    this.names = new NameIndex([...this.bodies.values()]);
    const all = [...this.bodies.values()];
    this.byDay = all.filter(({ changesWithDays }) => changesWithDays);
    this.entitledAnyDay = all.filter((body) => !body.changesWithDays && isEntitled(body.summary)).length;
    this.publishedAt = [...rows.records, ...rows.colours].reduce<string | null>((last, { publishedAt }) => (last === null || publishedAt > last ? publishedAt : last), null);
  }

  /** So many penalties after the one of a cursor; null where it is none of ours. */
  penaltiesAfter(cursor: string | null, limit: number): { items: readonly PenaltyRow[]; next: string | null } | null {
    const start = cursor === null ? 0 : this.penalties.findIndex(({ key }) => key === cursor) + 1;
    if (cursor !== null && start === 0) return null;
    const items = this.penalties.slice(start, start + limit);
    return { items, next: this.penalties.length > start + limit ? items.at(-1)!.key : null };
  }

  /** Three numbers; what was in force yesterday may be over today. */
  totalsOn(today: string): { all: number; filed: number; publishedAt: string | null } {
    const filed = this.entitledAnyDay + this.byDay.filter((body) => isEntitled(body.summaryOn(today))).length;
    return { all: this.bodies.size, filed, publishedAt: this.publishedAt };
  }
}

export const entryShown = ({ noticeId: _notice, home: _home, content, ...entry }: EntryRow): PublicEntry => ({ ...entry, content: JSON.parse(content) as PublicEntry['content'] });

/** Days that are left, today included. */
export function noticeShown({ counted, postedAt: _at, ...notice }: KeptNotice, today: string) {
  const running = notice.state === 'posted' && today <= notice.lastDay;
  return { ...notice, daysLeft: running ? Math.round((Date.parse(notice.lastDay) - Date.parse(today)) / 86_400_000) + 1 : null, workingDaysLeft: running ? counted.filter((on) => on >= today).length : null };
}

const freshFor = 1000;

/**
 * The version that is public now. Whoever asks looks at most once a second whether there is a newer one, together with
 * everybody who asks then; a newer one is read once and takes the place of the old.
 */
export class Snapshots {
  private held: Published | undefined;
  private checkedAt = -Infinity;
  private looking: Promise<Published> | undefined;

  constructor(private readonly pool: Pool) {}

  /** What is held, where it is fresh; no promise on the way of those who ask much. */
  fresh(): Published | undefined {
    return this.held && performance.now() - this.checkedAt < freshFor ? this.held : undefined;
  }

  async current(): Promise<Published> {
    return this.fresh() ?? (this.looking ??= this.look().finally(() => { this.looking = undefined; }));
  }

  private async look(): Promise<Published> {
    const at = performance.now();
    if (this.held) {
      const { rows } = await this.pool.query<{ n: string }>('select n::text as n from publication.public_state');
      if (rows[0]!.n === this.held.version) return this.keep(this.held, at);
    }
    const client = await this.pool.connect();
    try {
      const { version, ...rows } = await everythingPublic(client);
      return this.keep(new Published(version, rows), at);
    } finally {
      client.release();
    }
  }

  private keep(published: Published, at: number): Published {
    this.held = published;
    this.checkedAt = at;
    return published;
  }

  /** One body by its code, as typed; null where nothing is public of it. */
  async body(code: string): Promise<Body | null> {
    return (await this.current()).bodies.get(code) ?? null;
  }

  /** What stood there at 24:00 of a day. A day that has ended answers the same for ever: what was put up for objection then is not in it. */
  async asOf(code: string, on: string): Promise<InFull | null> {
    const [record, colours, penalties] = await Promise.all([this.pool.query<RecordRow>(recordAsOf, [code, on]), this.pool.query<ColourRow>(coloursAsOf, [code, on]), this.pool.query<PenaltyRow>(penaltiesAsOf, [code, on])]);
    const known = record.rows[0] ?? (colours.rows[0] && bare(colours.rows[0], colours.rows[0].publishedAt));
    if (!known) return null;
    const { lines, ...its } = known;
    return { ...its, qualifications: qualificationsOn(lines, on, (await this.current()).places), colour: standing(colours.rows), penalties: penalties.rows.map(penaltyShown), colours: coloursOf(colours.rows), notices: [] };
  }
}

/** A code as it is compared, however it was typed. */
export const codeOf = (typed: string): string => typed.replace(/\s+/g, '').toUpperCase();
