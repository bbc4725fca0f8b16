import type { QualificationActivities } from '@zhijian/contracts/activities';
import { askingUnit, stepCaller } from '@zhijian/service-kit';
import type { RosterService } from './roster/roster.service.js';

/** Orders of the campaign workflows to this room, on the task queue `qualification`. */
export const activities = (rosters: RosterService): QualificationActivities => ({
  freezeRoster: () => rosters.freeze(askingUnit(), stepCaller(askingUnit().unit)),
  freezeRosters: ({ units }) => rosters.freezeAll(askingUnit().campaignId, units, stepCaller('')),
});
