import type { RoomDescription } from '@zhijian/service-kit';
import { activities } from './activities.js';
import { handlers } from './facts.js';
import { InstitutionController } from './institution/institution.controller.js';
import { InstitutionQueries } from './institution/institution.queries.js';
import { institutionSentences } from './institution/institution.rules.js';
import { InstitutionService } from './institution/institution.service.js';
import { Places } from './institution/places.js';
import { RegisterImportController } from './register-import/register-import.controller.js';
import { RegisterImportService } from './register-import/register-import.service.js';
import { RosterAmendments } from './roster/roster.amendments.js';
import { RosterController } from './roster/roster.controller.js';
import { RosterQueries } from './roster/roster.queries.js';
import { RosterService } from './roster/roster.service.js';

export const room: RoomDescription = {
  room: 'qualification',
  providers: [InstitutionService, InstitutionQueries, Places, RegisterImportService, RosterAmendments, RosterService, RosterQueries],
  controllers: [InstitutionController, RegisterImportController, RosterController],
  hears: ['inspection'],
  handlers: { inject: [], make: handlers },
  activities: { inject: [RosterService], make: activities },
  sentences: institutionSentences,
};
