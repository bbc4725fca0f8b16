import type { RoomDescription } from '@zhijian/service-kit';
import { activities } from './activities.js';
import { ColourReference } from './colour/colour.reference.js';
import { handlers } from './facts.js';
import { InstitutionController } from './institution/institution.controller.js';
import { InstitutionQueries } from './institution/institution.queries.js';
import { institutionSentences } from './institution/institution.rules.js';
import { InstitutionService } from './institution/institution.service.js';
import { lineSentences } from './institution/line.rules.js';
import { LineService } from './institution/line.service.js';
import { Places } from './institution/places.js';
import { suspensionSentences } from './institution/suspension.rules.js';
import { SuspensionService } from './institution/suspension.service.js';
import { RegisterImportController } from './register-import/register-import.controller.js';
import { RegisterImportService } from './register-import/register-import.service.js';
import { ReviewController } from './review/review.controller.js';
import { ReviewOpening } from './review/review.opening.js';
import { ReviewQueries } from './review/review.queries.js';
import { reviewSentences } from './review/review.rules.js';
import { ReviewService } from './review/review.service.js';
import { RosterAmendments } from './roster/roster.amendments.js';
import { RosterController } from './roster/roster.controller.js';
import { RosterQueries } from './roster/roster.queries.js';
import { RosterService } from './roster/roster.service.js';
import { OpenTaskQueries } from './task/open-task.queries.js';

export const room: RoomDescription = {
  room: 'qualification',
  providers: [InstitutionService, InstitutionQueries, LineService, SuspensionService, Places, RegisterImportService, RosterAmendments, RosterService, RosterQueries, ColourReference, ReviewOpening, ReviewService, ReviewQueries, OpenTaskQueries],
  controllers: [InstitutionController, RegisterImportController, RosterController, ReviewController],
  hears: ['inspection', 'quality-control', 'publication'],
  handlers: { inject: [ReviewOpening], make: handlers },
  tasks: { inject: [OpenTaskQueries], make: (queries: OpenTaskQueries) => (asked) => queries.of(asked) },
  activities: { inject: [RosterService], make: activities },
  sentences: { ...institutionSentences, ...lineSentences, ...suspensionSentences, ...reviewSentences },
};
