import { Injectable } from '@nestjs/common';
import { dayOf } from '@zhijian/calendar';
import type { AnswerOf, QueryOf, publication as http } from '@zhijian/contracts/http';
import { Calendars, Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { contentOf, wordOf, type Before } from './content.rules.js';
import { daysLeft, plannedPeriod, postingRuleOf } from './notice.rules.js';
import { stoodBefore } from './notice.store.js';

type Shown = AnswerOf<typeof http.postNotice>;
type Entry = AnswerOf<typeof http.listNoticeEntries>['items'][number];
type Row = Omit<Shown, 'daysLeft' | 'workingDaysLeft' | 'clauses'> & { clauses: { id: string; quote: string }[]; basisYear: number; unknown: number };

const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const columns = `n.id as "noticeId", n.version, n.run_id as "runId", n.jurisdiction, n.year, n.basis_year as "basisYear", n.because, n.state, n.title, n.made_at as "madeAt", n.undetermined, n.follows, ${day('n.posted_on')} as "postedOn", ${day('n.last_day')} as "lastDay",
    n.until, coalesce((select jsonb_agg(d::text order by d) from unnest(n.counted) d), '[]') as counted, n.site, n.address, n.proof_sha256 as "proofSha256", n.explanation, n.withdrawn_at as "withdrawnAt", n.withdrawn_reason as "withdrawnReason", n.document, n.clauses,
    n.pack || '@' || n.pack_version as pack, n.calendar, e.entries, e.published, e.ready, case when n.state in ('ended', 'settled') then e.listed - e.ready else 0 end as waiting, e.unknown, o.objections, o.open as "openObjections"`;
const tables = `notice n
  cross join lateral (select count(*)::int as entries, count(*) filter (where x.state = 'published')::int as published, count(*) filter (where x.state = 'listed' and x.ready)::int as ready, count(*) filter (where x.state = 'listed')::int as listed,
      count(*) filter (where x.credit_code is null and not exists (select 1 from institution_ref i where i.institution_id = x.institution_id))::int as unknown from notice_entry x where x.notice_id = n.id) e
  cross join lateral (select count(*)::int as objections, count(*) filter (where y.state = 'open')::int as open from objection y where y.notice_id = n.id) o`;

/** Notices as people of the console see them: a body's own only. */
@Injectable()
export class NoticeQueries {
  constructor(private readonly dataSource: DataSource, private readonly clock: Clock, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** @param own the institutions whose person asks; null for officers */
  async list({ limit, cursor, state, year }: QueryOf<typeof http.listNotices>, own: readonly string[] | null) {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from ${tables} where ($1::text is null or n.state = $1) and ($2::int is null or n.year = $2) and ($3::text is null or n.id < $3)
          and ($4::text[] is null or (n.posted_at is not null and exists (select 1 from notice_entry b where b.notice_id = n.id and b.institution_id = any($4)))) order by n.id desc limit $5`, [state ?? null, year ?? null, cursor ?? null, own, limit + 1]);
    const items = rows.slice(0, limit).map((row) => this.shown(row));
    return { items, next: rows.length > limit ? items.at(-1)!.noticeId : null };
  }

  async one(noticeId: string, own: readonly string[] | null = null): Promise<Shown> {
    return this.shown(await this.row(noticeId, own));
  }

  /** A notice with what must hold before it can be posted. */
  async withChecks(noticeId: string, own: readonly string[] | null): Promise<AnswerOf<typeof http.getNotice>> {
    const row = await this.row(noticeId, own);
    const pack = await this.packs.get(row.pack);
    const today = dayOf(this.clock.now());
    const rule = postingRuleOf(pack, today);
    const calendar = this.calendars.current();
    const end = rule && plannedPeriod(rule, today, calendar);
    const draft = ['collecting', 'draft'].includes(row.state);
    const checks: AnswerOf<typeof http.getNotice>['checks'] = !draft ? [] : [
      { id: 'complete', ok: row.state === 'draft', text: row.state === 'draft' ? `赋色结果已收齐，共 ${row.entries} 家` : '赋色结果尚未收齐' },
      { id: 'bodies', ok: row.unknown === 0, text: row.unknown === 0 ? '各机构的名称和统一社会信用代码齐全' : `${row.unknown} 家机构的登记信息尚未收到` },
      { id: 'rule', ok: rule !== null, text: rule ? `政策包规定：${rule.period.value.wording ?? rule.title}` : '政策包没有写明公示期' },
      { id: 'calendar', ok: end?.firm ?? false, text: end?.firm ? `今天发布，公示至 ${end.on} 24:00` : `公示期将跨入 ${end?.on.slice(0, 4) ?? '次'} 年，该年的放假安排尚未录入` },
      { id: 'undetermined', ok: row.undetermined === 0 ? true : null, text: row.undetermined === 0 ? '没有待核实的机构' : `另有 ${row.undetermined} 家待核实，不在这次公示之中` },
    ];
    const planned = draft && rule && end ? { lastDay: end.on, firm: end.firm, counted: [...end.counted], because: end.because, clauses: [...rule.clauses], calendar: end.calendar } : null;
    return { ...this.shown(row), checks, planned };
  }

  /** What a notice puts up, body by body; of a draft as it would be put up today. */
  async entries(noticeId: string, { limit, cursor, institutionId, colour, state }: QueryOf<typeof http.listNoticeEntries>, own: readonly string[] | null) {
    const notice = await this.row(noticeId, own);
    const rows = await this.dataSource.query<(Omit<Entry, 'content'> & { content: string | null; entry: Parameters<typeof contentOf>[2]; before: string | null })[]>(
      `select e.institution_id as "institutionId", coalesce(e.name, i.name) as name, coalesce(e.credit_code, i.credit_code) as "creditCode", coalesce(e.kind, i.kind) as kind, coalesce(e.jurisdiction, i.jurisdiction) as jurisdiction, coalesce(e.invented, i.invented, false) as invented,
          e.revision, e.state, e.ready, e.content, nullif(e.entry, 'null') as entry, e.before, o.objection
         from notice_entry e left join institution_ref i using (institution_id)
         left join lateral (select jsonb_build_object('objectionId', x.id, 'state', x.state, 'outcome', x.outcome) as objection from objection x where x.notice_id = e.notice_id and x.institution_id = e.institution_id order by x.raised_at desc, x.id desc limit 1) o on true
        where e.notice_id = $1 and ($2::text is null or e.institution_id > $2) and ($3::text is null or e.institution_id = $3) and ($4::text is null or e.colour = $4) and ($5::text is null or e.state = $5) and ($6::text[] is null or e.institution_id = any($6))
        order by e.institution_id limit $7`, [noticeId, cursor ?? null, institutionId ?? null, colour ?? null, state ?? null, own, limit + 1]);
    const page = rows.slice(0, limit);
    const pack = await this.packs.get(notice.pack);
    const open = page.filter(({ content }) => content === null).map((it) => it.institutionId);
    const before = open.length ? await stoodBefore(this.dataSource, notice, open) : new Map<string, Before>();
    const items = page.map(({ content, entry, before: stood, ...it }): Entry => {
      const known = before.get(it.institutionId);
      return { ...it, content: content !== null ? (JSON.parse(content) as Entry['content']) : contentOf(pack, notice, entry, { colour: known?.colour ?? stood, lastYear: known?.lastYear ?? null }) };
    });
    return { items, next: rows.length > limit ? items.at(-1)!.institutionId : null };
  }

  private async row(noticeId: string, own: readonly string[] | null): Promise<Row> {
    const [row] = await this.dataSource.query<Row[]>(`select ${columns} from ${tables} where n.id = $1 and ($2::text[] is null or (n.posted_at is not null and exists (select 1 from notice_entry b where b.notice_id = n.id and b.institution_id = any($2))))`, [noticeId, own]);
    if (!row) throw notFound('这次公示');
    return row;
  }

  private shown({ clauses, basisYear: _basis, unknown: _unknown, ...row }: Row): Shown {
    const running = row.state === 'posted' && row.lastDay !== null ? daysLeft({ lastDay: row.lastDay, counted: row.counted }, this.clock.now()) : null;
    return { ...row, clauses: clauses.map(({ id }) => id), daysLeft: running?.days ?? null, workingDaysLeft: running?.workingDays ?? null };
  }
}

/** The colour of an entry in words, as an answer names it. */
export const colourWord = async (packs: PackShelf, pack: string, colour: string | null) => (colour === null ? null : wordOf(await packs.get(pack), 'colour', colour));
