import type { RoomDescription } from '@zhijian/service-kit';
import { consequencesActivities, inspectionActivities } from './activities.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { CalendarService } from './calendar/calendar.service.js';
import { ClockQueries } from './calendar/clocks.queries.js';
import { agencySentences } from './campaign/agency.rules.js';
import { AmendmentService, amendmentSentences } from './campaign/amendment.service.js';
import { AuditedQueries } from './campaign/audited.queries.js';
import { CampaignController } from './campaign/campaign.controller.js';
import { Campaign, CampaignUnit } from './campaign/campaign.entity.js';
import { CampaignQueries } from './campaign/campaign.queries.js';
import { CampaignService, campaignSentences } from './campaign/campaign.service.js';
import { DueController } from './campaign/due.controller.js';
import { DueQueries } from './campaign/due.queries.js';
import { OpeningService } from './campaign/opening.service.js';
import { OverviewQueries } from './campaign/overview.queries.js';
import { packVersionSentences, PackVersionService } from './campaign/pack-version.service.js';
import { StagesService } from './campaign/stages.service.js';
import { UnitQueries } from './campaign/unit.queries.js';
import { CaseFile } from './case/case.entity.js';
import { CaseService, caseSentences } from './case/case.service.js';
import { penaltySentences } from './case/penalty.rules.js';
import { PenaltyService } from './case/penalty.service.js';
import { SampleController } from './draw/sample.controller.js';
import { SampleQueries } from './draw/sample.queries.js';
import { sampleSentences } from './draw/sample.rules.js';
import { SampleService } from './draw/sample.service.js';
import { CheckController } from './check/check.controller.js';
import { CheckQueries } from './check/check.queries.js';
import { checkSentences } from './check/check.rules.js';
import { CheckService } from './check/check.service.js';
import { QuotaStore } from './check/quota.store.js';
import { SummaryService } from './check/summary.service.js';
import { YearQueries } from './check/year.queries.js';
import { DutyController } from './duty/duty.controller.js';
import { DutyQueries } from './duty/duty.queries.js';
import { dutySentences } from './duty/duty.rules.js';
import { DutyService } from './duty/duty.service.js';
import { inspectionFacts } from './facts.js';
import { FormController } from './form/form.controller.js';
import { InstitutionFormController } from './form/institution-form.controller.js';
import { InstitutionFormQueries } from './form/institution-form.queries.js';
import { FormQueries } from './form/form.queries.js';
import { formSentences } from './form/form.rules.js';
import { FormService } from './form/form.service.js';
import { NotificationController } from './notification/notification.controller.js';
import { NotificationService, notificationSentences } from './notification/notification.service.js';
import { ColourFacts } from './rectification/colour.facts.js';
import { ConsequencesService } from './rectification/consequences.service.js';
import { limitSentences } from './rectification/limit.rules.js';
import { LimitService } from './rectification/limit.service.js';
import { RectificationController } from './rectification/rectification.controller.js';
import { RectificationOrder } from './rectification/rectification.order.js';
import { RectificationQueries } from './rectification/rectification.queries.js';
import { rectificationSentences } from './rectification/rectification.rules.js';
import { RectificationService } from './rectification/rectification.service.js';
import { RosterArrivals } from './roster/roster.arrivals.js';
import { RosterService } from './roster/roster.service.js';
import { SelfCheckController } from './self-check/self-check.controller.js';
import { SelfCheck } from './self-check/self-check.entity.js';
import { ReceivedQueries } from './self-check/received.queries.js';
import { SelfCheckQueries } from './self-check/self-check.queries.js';
import { selfCheckSentences } from './self-check/self-check.rules.js';
import { SelfCheckService } from './self-check/self-check.service.js';
import { OpenTaskQueries } from './task/open-task.queries.js';
import { TargetController } from './target/target.controller.js';
import { TargetQueries } from './target/target.queries.js';
import { measureSentences, TargetService } from './target/target.service.js';
import { VisitController } from './visit/visit.controller.js';
import { Visit } from './visit/visit.entity.js';
import { VisitQueries } from './visit/visit.queries.js';
import { visitSentences } from './visit/visit.rules.js';
import { VisitService } from './visit/visit.service.js';

/** The inspection room: campaigns, draws, visits, cases, forms. */
export const inspectionRoom: RoomDescription = {
  room: 'inspection',
  entities: [Campaign, CampaignUnit, SelfCheck, Visit, CaseFile],
  providers: [AuditedQueries, CampaignService, CampaignQueries, DueQueries, OverviewQueries, UnitQueries, AmendmentService, PackVersionService, CalendarService, ClockQueries, StagesService, OpeningService, RosterArrivals, RosterService, NotificationService, SelfCheckService, SelfCheckQueries, ReceivedQueries, VisitService, VisitQueries, SampleService, SampleQueries, CaseService, PenaltyService, DutyService, DutyQueries, TargetService, TargetQueries, FormService, FormQueries, InstitutionFormQueries, OpenTaskQueries, ColourFacts, RectificationOrder, RectificationService, LimitService, RectificationQueries, ConsequencesService, QuotaStore, CheckService, CheckQueries, YearQueries, SummaryService],
  controllers: [CampaignController, DueController, CalendarController, NotificationController, SelfCheckController, VisitController, SampleController, DutyController, TargetController, FormController, InstitutionFormController, RectificationController, CheckController],
  hears: ['qualification', 'quality-control', 'publication', 'gateway'],
  handlers: { inject: [RosterService, CalendarService, ColourFacts], make: inspectionFacts },
  tasks: { inject: [OpenTaskQueries], make: (queries: OpenTaskQueries) => (asked) => queries.of(asked) },
  audited: { inject: [AuditedQueries], make: (queries: AuditedQueries) => (asked) => queries.of(asked) },
  activities: { inject: [StagesService, OpeningService, ConsequencesService], make: (stages: StagesService, opening: OpeningService, consequences: ConsequencesService) => ({ ...inspectionActivities(stages, opening), ...consequencesActivities(consequences) }) },
  sentences: { ...agencySentences, ...campaignSentences, ...amendmentSentences, ...packVersionSentences, ...notificationSentences, ...selfCheckSentences, ...visitSentences, ...sampleSentences, ...dutySentences, ...measureSentences, ...caseSentences, ...penaltySentences, ...formSentences, ...rectificationSentences, ...limitSentences, ...checkSentences },
};
