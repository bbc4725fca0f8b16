import { localDate, type Calendar } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { amended, planCampaign, withOwnDates, type Amendment, type Pack, type PlannedStage } from '@zhijian/policy';
import type { CampaignUnit } from '../campaign/campaign.entity.js';
import { planOf, stagesOfUnit } from '../campaign/unit-stages.rules.js';

/** An amendment as recorded: `units` names every unit it concerned, the campaign's own duties as `*`. */
export interface RecordedAmendment extends Omit<Amendment, 'units'> { readonly units: readonly string[] }
export type DatedUnit = Pick<CampaignUnit, 'unit' | 'name' | 'stages' | 'filedDates'>;

/** What each unit's stages would be had this calendar been known from the start: pinned pack, recorded amendments, own dates as filed. */
export function plannedAnew(pack: Pack, calendar: Calendar, units: readonly DatedUnit[], amendments: readonly RecordedAmendment[]): Map<string, readonly PlannedStage[]> {
  const plan = planCampaign(pack, calendar, { units: units.filter(({ unit }) => unit !== wholeCampaign).map(({ unit, name }) => ({ code: unit, name })) });
  return new Map(units.map((row) => {
    const own = amendments.filter((amendment) => amendment.units.includes(row.unit)).map((amendment) => ({ ...amendment, units: [] }));
    const dates = row.filedDates.map(({ duty, on }) => ({ city: row.unit, duty, on: localDate(on) }));
    const changed = withOwnDates(amended(planOf({ ...row, stages: stagesOfUnit(plan, row.unit) }), own), dates);
    return [row.unit, changed.cities[0]?.stages ?? row.stages];
  }));
}
