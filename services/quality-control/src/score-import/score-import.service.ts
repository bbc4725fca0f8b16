import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { freeCells, streamTable, type DocumentFault } from '@zhijian/documents';
import { saying, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { Clock, notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { EvaluationPlanService, type PinnedPlan } from '../evaluation/evaluation-plan.service.js';
import type { EvaluationRefusal } from '../evaluation/evaluation.rules.js';
import { policyOf } from '../evaluation/evaluation.service.js';
import { SheetEntries } from './sheet-entries.js';
import { knownBodies, scoreImportById, type ShownImport } from './score-import.queries.js';
import { acceptConfirmation, ScoreSifter, type ScoreImportRefusal } from './score-import.rules.js';
import { columnsOf, linesAtOnce, writeLines, type Columns } from './score-import.store.js';
import { scoreTable } from './score-table.js';

/** At most so many faults are shown; all are counted. */
const mostFaults = 2_000;

/** What a file came to before anything is kept. */
export interface SiftedFile { readonly batches: readonly Columns[]; readonly errors: readonly DocumentFault[]; readonly faults: number; readonly rows: number; readonly good: number; readonly bodies: number; /** What its lines say in words. */ readonly words: readonly string[] }

/** Score sheets from a file: read apart and shown first, entered only when confirmed. */
@Injectable()
export class ScoreImportService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly plans: EvaluationPlanService, private readonly clock: Clock) {}

  /** Reads a file line by line, keeps what may be entered and every fault with its cell; enters nothing. */
  async preview(planId: string, file: Buffer, fileName: string, principal: Principal, by: Caller): Promise<ShownImport | Refused<EvaluationRefusal>> {
    const plan = await this.plans.pinned({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, planId);
    if (!inPlace(principal, plan.row.jurisdiction)) return refuse('evaluation-foreign');
    const sifted = await this.sifted(plan, file);
    return this.kept(plan, sifted, { fileName, sha256: createHash('sha256').update(file).digest('hex'), account: principal.id }, by);
  }

  private async sifted(plan: PinnedPlan, file: Buffer): Promise<SiftedFile> {
    const collector = new Collector(await this.sifterFor(plan));
    const whole = await streamTable(scoreTable, file, { rows: (rows, at) => { collector.take(rows, at); }, faults: (faults, lines) => { collector.fault(faults, lines); } });
    return whole.length > 0 ? { batches: [], errors: whole, faults: whole.length, rows: 0, good: 0, bodies: 0, words: [] } : collector.done();
  }

  /** Holds lines against the plan, the register and today. */
  async sifterFor({ row, set }: PinnedPlan): Promise<ScoreSifter> {
    const bodies = await knownBodies({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, row);
    return new ScoreSifter({ set: set.value, line: row.line, year: row.year, thisYear: Number(this.clock.now().slice(0, 4)), bodies });
  }

  /** Keeps a file that was read. */
  kept(plan: PinnedPlan, sifted: SiftedFile, { fileName, sha256, account }: { fileName: string; sha256: string; account: string }, by: Caller): Promise<ShownImport> {
    const { id: planId, jurisdiction } = plan.row;
    return this.uow.run({ ...saying(by, sifted.words), jurisdiction }, async (tx) => {
      const id = newId();
      await tx.execute('insert into score_import (id, plan_id, jurisdiction, file_name, sha256, rows, good, bodies, faults, errors, uploaded_by, uploaded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
        [id, planId, jurisdiction, fileName, sha256, sifted.rows, sifted.good, sifted.bodies, sifted.faults, JSON.stringify(sifted.errors), account, tx.now]);
      for (const batch of sifted.batches) await writeLines(tx, id, jurisdiction, batch);
      tx.note('score import previewed', id, policyOf(plan), { plan: planId, sha256, good: sifted.good, faults: sifted.faults });
      return (await scoreImportById(tx, id))!;
    });
  }

  /** Enters the good lines into the sheets that may still be filled in. Confirming again answers the same; sheets that say the same stay as they are. */
  async confirm(importId: string, principal: Principal, by: Caller): Promise<ShownImport | Refused<EvaluationRefusal | ScoreImportRefusal>> {
    const [found] = await this.dataSource.query<{ jurisdiction: string }[]>('select jurisdiction from score_import where id = $1', [importId]);
    if (!found) throw notFound('这次评分导入');
    if (!inPlace(principal, found.jurisdiction)) return refuse('evaluation-foreign');
    return this.uow.run({ ...by, jurisdiction: found.jurisdiction }, async (tx) => {
      const [held] = await tx.query<{ planId: string; state: string; good: number }>('select plan_id as "planId", state, good from score_import where id = $1 for update', [importId]);
      if (held!.state === 'confirmed') return (await scoreImportById(tx, importId))!;
      const fit = acceptConfirmation(held!.good);
      return fit.ok ? this.entered(tx, importId, await this.plans.pinned(tx, held!.planId), principal) : fit;
    });
  }

  private async entered(tx: Tx, importId: string, plan: PinnedPlan, principal: Principal): Promise<ShownImport> {
    const counts = await new SheetEntries(tx, plan, principal.id).enter(importId);
    await tx.execute(`update score_import set state = 'confirmed', version = version + 1, entered = $2, unchanged = $3, passed_over = $4 where id = $1`, [importId, counts.entered, counts.unchanged, counts.passedOver]);
    tx.note('score import confirmed', importId, policyOf(plan), { plan: plan.row.id, ...counts });
    return (await scoreImportById(tx, importId))!;
  }
}

/** The line of a fault, for showing faults as they stand in the file. */
const lineOf = ({ path }: DocumentFault): number => Number(/!\D+(\d+)/u.exec(path)?.[1] ?? 0);

/** Gathers what lines come to: good ones written out for the table at once, so that a hundred thousand of them stay small. */
export class Collector {
  private readonly batches: Columns[] = [];
  private waiting: ReturnType<ScoreSifter['sift']>['good'] = [];
  private readonly errors: DocumentFault[] = [];
  private readonly words = new Set<string>();
  private counts = { faults: 0, rows: 0, good: 0 };

  constructor(private readonly sifter: ScoreSifter) {}

  take(rows: Parameters<ScoreSifter['sift']>[0], at: Parameters<ScoreSifter['sift']>[1]): void {
    const { good, faults, lines } = this.sifter.sift(rows, at);
    this.waiting.push(...good);
    for (const text of freeCells(scoreTable, good.map(({ note }) => ({ note })))) this.words.add(text);
    this.counts.good += good.length;
    this.counts.rows += good.length;
    if (faults.length > 0) this.fault(faults, lines);
    if (this.waiting.length >= linesAtOnce) this.flush();
  }

  fault(faults: readonly DocumentFault[], lines: number): void {
    this.counts.faults += faults.length;
    this.counts.rows += lines;
    this.errors.push(...faults.slice(0, Math.max(0, mostFaults - this.errors.length)));
  }

  done(): SiftedFile {
    if (this.waiting.length > 0) this.flush();
    return { batches: this.batches, errors: this.errors.toSorted((a, b) => lineOf(a) - lineOf(b)), ...this.counts, bodies: this.sifter.bodies, words: [...this.words] };
  }

  private flush(): void {
    this.batches.push(columnsOf(this.waiting));
    this.waiting = [];
  }
}
