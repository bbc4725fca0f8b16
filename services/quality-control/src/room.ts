import type { RoomDescription } from '@zhijian/service-kit';
import { qualityControlActivities } from './activities.js';
import { ColourController } from './colour/colour.controller.js';
import { ColourQueries } from './colour/colour.queries.js';
import { colourSentences } from './colour/colour.rules.js';
import { ColourService } from './colour/colour.service.js';
import { ColourSteps } from './colour/colour-steps.service.js';
import { PublishedService } from './colour/published.service.js';
import { WhatIfQueries, whatIfSentences } from './colour/what-if.queries.js';
import { ComparisonController } from './comparison/comparison.controller.js';
import { ComparisonQueries } from './comparison/comparison.queries.js';
import { comparisonSentences } from './comparison/comparison.rules.js';
import { ComparisonService } from './comparison/comparison.service.js';
import { ComparisonCorrections } from './comparison/correction.service.js';
import { ComparisonEvaluations } from './comparison/evaluation.service.js';
import { ComparisonResultController } from './comparison/result.controller.js';
import { Rounds } from './comparison/rounds.js';
import { ComparisonSamples } from './comparison/sample.service.js';
import { ComparisonSubmissions } from './comparison/submission.service.js';
import { CorrectionController } from './correction/correction.controller.js';
import { CorrectionQueries } from './correction/correction.queries.js';
import { correctionSentences } from './correction/correction.rules.js';
import { CorrectionService } from './correction/correction.service.js';
import { EvaluationController } from './evaluation/evaluation.controller.js';
import { EvaluationPlanQueries } from './evaluation/evaluation-plan.queries.js';
import { evaluationPlanSentences } from './evaluation/evaluation-plan.rules.js';
import { EvaluationPlanService } from './evaluation/evaluation-plan.service.js';
import { EvaluationQueries } from './evaluation/evaluation.queries.js';
import { revisionSentences } from './evaluation/evaluation.revision.js';
import { evaluationSentences } from './evaluation/evaluation.rules.js';
import { EvaluationService } from './evaluation/evaluation.service.js';
import { qualityControlFacts } from './facts.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { MonitoringQueries } from './monitoring/monitoring.queries.js';
import { monitoringSentences } from './monitoring/monitoring.rules.js';
import { OwedAtYearEnd, QuotaQueries } from './monitoring/quota.queries.js';
import { QuotaController } from './monitoring/quota.controller.js';
import { monitoringPlanSentences } from './monitoring/quota.rules.js';
import { MonitoringSummaries } from './monitoring/summary.service.js';
import { MonitoringVisits } from './monitoring/visit.service.js';
import { MonitoringOwed } from './colour/year-end.js';
import { MonitoringService } from './monitoring/monitoring.service.js';
import { ScoreImportController } from './score-import/score-import.controller.js';
import { ScoreImportQueries } from './score-import/score-import.queries.js';
import { scoreImportSentences } from './score-import/score-import.rules.js';
import { ScoreImportService } from './score-import/score-import.service.js';
import { OpenTaskQueries } from './task/open-task.queries.js';

export const room: RoomDescription = {
  room: 'quality-control',
  providers: [MonitoringService, MonitoringQueries, QuotaQueries, MonitoringVisits, MonitoringSummaries, { provide: MonitoringOwed, useClass: OwedAtYearEnd }, Rounds, ComparisonService, ComparisonSamples, ComparisonSubmissions, ComparisonEvaluations, ComparisonCorrections, ComparisonQueries, EvaluationPlanService, EvaluationPlanQueries, EvaluationService, EvaluationQueries, ScoreImportService, ScoreImportQueries, ColourService, ColourQueries, ColourSteps, PublishedService, WhatIfQueries, CorrectionService, CorrectionQueries, OpenTaskQueries],
  controllers: [MonitoringController, QuotaController, ComparisonController, ComparisonResultController, EvaluationController, ScoreImportController, ColourController, CorrectionController],
  hears: ['qualification', 'publication', 'inspection'],
  handlers: { inject: [PublishedService], make: qualityControlFacts },
  tasks: { inject: [OpenTaskQueries], make: (queries: OpenTaskQueries) => (asked) => queries.of(asked) },
  activities: { inject: [ColourSteps], make: qualityControlActivities },
  sentences: { ...monitoringSentences, ...monitoringPlanSentences, ...comparisonSentences, ...evaluationPlanSentences, ...evaluationSentences, ...revisionSentences, ...scoreImportSentences, ...colourSentences, ...whatIfSentences, ...correctionSentences },
};
