import { Controller } from '@nestjs/common';
import { qualityControl } from '@zhijian/contracts/http';
import { writeTable } from '@zhijian/documents';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { EvaluationPlanService } from '../evaluation/evaluation-plan.service.js';
import { EvaluationQueries } from '../evaluation/evaluation.queries.js';
import { ScoreImportQueries } from './score-import.queries.js';
import { ScoreImportService } from './score-import.service.js';
import { linesToFill, scoreTable } from './score-table.js';

/** A table with more lines than this is given empty: whoever fills in so many has them from elsewhere. */
const mostPrefilled = 6_000;

@Controller()
export class ScoreImportController {
  constructor(private readonly imports: ScoreImportService, private readonly queries: ScoreImportQueries, private readonly plans: EvaluationPlanService, private readonly evaluations: EvaluationQueries) {}

  @Serve(qualityControl.importScores)
  upload(@Call() { file, params, query, principal, by }: CallOf<typeof qualityControl.importScores>) {
    return this.imports.preview(params.planId, file!, query.fileName, principal, by);
  }

  @Serve(qualityControl.getScoreImport)
  async one(@Call() { params }: CallOf<typeof qualityControl.getScoreImport>) {
    const found = await this.queries.one(params.importId);
    if (!found) throw notFound('这次评分导入');
    return found;
  }

  @Serve(qualityControl.listScoreRows)
  async rows(@Call() { params, query }: CallOf<typeof qualityControl.listScoreRows>) {
    if (!(await this.queries.one(params.importId))) throw notFound('这次评分导入');
    return this.queries.rows(params.importId, query);
  }

  @Serve(qualityControl.confirmScoreImport)
  confirm(@Call() { params, principal, by }: CallOf<typeof qualityControl.confirmScoreImport>) {
    return this.imports.confirm(params.importId, principal, by);
  }

  @Serve(qualityControl.getScoreTable)
  async table(@Call() { params: { planId } }: CallOf<typeof qualityControl.getScoreTable>) {
    const { row, set } = await this.plans.pinned(this.evaluations.reader, planId);
    const bodies = await this.queries.bodiesToFill(planId);
    const lines = bodies.length * set.value.items.length > mostPrefilled ? [] : linesToFill(set.value, row.line, row.year, bodies);
    return { file: await writeTable(scoreTable, lines.map((line) => ({ ...line }))), fileName: `${row.title}（${row.year}年度）评分表.xlsx`, type: qualityControl.getScoreTable.answersFile! };
  }
}
