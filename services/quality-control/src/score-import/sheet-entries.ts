import { newId } from '@zhijian/contracts';
import type { EvaluationEntry, EvaluationState } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import { scoreIndicators } from '@zhijian/policy';
import type { PinnedPlan } from '../evaluation/evaluation-plan.service.js';
import { mayEdit } from '../evaluation/evaluation.rules.js';
import { merged, sameSheet, type Entered, type GoodRow } from './score-import.rules.js';

interface BodyRows { readonly institutionId: string; readonly rows: readonly Omit<GoodRow, 'row' | 'institutionId'>[] }
interface Kept { readonly institutionId: string; readonly id: string; readonly planId: string; readonly state: EvaluationState; readonly served: boolean; readonly entries: EvaluationEntry[] }
export interface EnteredCounts { entered: number; unchanged: number; passedOver: number }

const bodiesAtOnce = 500;
/** The lines of an import body by body; read through a cursor, so that their number does not matter. No join: of lines just kept the planner knows nothing. */
const byBody = `declare score_bodies cursor for select r.institution_id as "institutionId",
    jsonb_agg(jsonb_build_object('item', r.item, 'score', r.score, 'notApplicable', r.not_applicable, 'failed', r.failed, 'note', r.note) order by r.row_no) as rows
  from score_row r where r.import_id = $1 group by 1 order by 1`;

const sheets = `jsonb_to_recordset($1::jsonb) as s(id text, "institutionId" text, home text, served boolean, entries jsonb, score text, missing int)`;
/** A body that another place evaluates already is passed over. */
const begin = `insert into evaluation (id, plan_id, institution_id, jurisdiction, home, line, year, state, served, entries, score, missing, scorers)
  select s.id, $2, s."institutionId", $3, s.home, $4, $5, 'draft', s.served, s.entries, s.score, s.missing, array[$6::text] from ${sheets} on conflict do nothing`;
const change = `update evaluation e set served = s.served, entries = s.entries, score = s.score, missing = s.missing, version = e.version + 1, scorers = case when $2 = any(e.scorers) then e.scorers else e.scorers || $2::text end
  from ${sheets} where e.id = s.id`;

/** Enters the lines of an import into the sheets of a plan. */
export class SheetEntries {
  private readonly counts: EnteredCounts = { entered: 0, unchanged: 0, passedOver: 0 };
  private readonly order: readonly string[];

  constructor(private readonly tx: Tx, private readonly plan: PinnedPlan, private readonly account: string) {
    this.order = plan.set.value.items.map(({ id }) => id);
  }

  async enter(importId: string): Promise<EnteredCounts> {
    await this.tx.execute(byBody, [importId]);
    for (;;) {
      const bodies = await this.tx.query<BodyRows>(`fetch ${bodiesAtOnce} from score_bodies`);
      if (bodies.length > 0) await this.enterBodies(bodies);
      if (bodies.length < bodiesAtOnce) return this.counts;
    }
  }

  private async enterBodies(bodies: readonly BodyRows[]): Promise<void> {
    const { row } = this.plan;
    const kept = new Map((await this.tx.query<Kept>('select institution_id as "institutionId", id, plan_id as "planId", state, served, entries from evaluation where institution_id = any($1::text[]) and line = $2 and year = $3 order by id for update',
      [bodies.map(({ institutionId }) => institutionId), row.line, row.year])).map((sheet) => [sheet.institutionId, sheet]));
    const homes = new Map((await this.tx.query<{ id: string; home: string }>('select id, jurisdiction as home from institution_ref where id = any($1::text[])', [bodies.map(({ institutionId }) => institutionId)])).map(({ id, home }) => [id, home]));
    const after = bodies.flatMap((body) => this.sheetOf(body, homes.get(body.institutionId) ?? row.jurisdiction, kept.get(body.institutionId)));
    const { true: known = [], false: fresh = [] } = Object.groupBy(after, ({ institutionId }) => (kept.has(institutionId) ? 'true' : 'false'));
    if (known.length > 0) this.counts.entered += await this.tx.execute(change, [JSON.stringify(known), this.account]);
    if (fresh.length === 0) return;
    const begun = await this.tx.execute(begin, [JSON.stringify(fresh), row.id, row.jurisdiction, row.line, row.year, this.account]);
    this.counts.entered += begun;
    this.counts.passedOver += fresh.length - begun;
  }

  /** The sheet as it is to be; nothing where it says so already, or may not be written on any more. */
  private sheetOf({ institutionId, rows }: BodyRows, home: string, before: Kept | undefined) {
    const after = merged(before, rows, this.order);
    if (before && (before.planId !== this.plan.row.id || !mayEdit(before.state))) return this.counted(sameSheet(before, after) ? 'unchanged' : 'passedOver');
    if (sameSheet(before, after)) return this.counted('unchanged');
    return [{ id: before?.id ?? newId(), institutionId, home, ...after, ...worth(this.plan, after) }];
  }

  private counted(how: 'unchanged' | 'passedOver'): [] {
    this.counts[how] += 1;
    return [];
  }
}

function worth({ set }: PinnedPlan, { served, entries }: Entered): { score: string | null; missing: number } {
  if (!served) return { score: null, missing: 0 };
  const { score, missing } = scoreIndicators(set.value, entries);
  return { score, missing: missing.length };
}
