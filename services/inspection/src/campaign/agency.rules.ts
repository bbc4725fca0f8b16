import { ofBody, inPlace, type Principal } from '@zhijian/access';
import { refuse, type AreaLevel, type Refused, type Role } from '@zhijian/contracts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { PlannedDuty } from '@zhijian/policy';

/** An agency of a pack: who it is and at which level it acts. `jurisdiction` where the text names its place. */
export interface Agency { readonly name: string; readonly level: string; readonly jurisdiction?: string | undefined }

/** At which level places are administered, as the directory's tree had it when the campaign was drawn up. */
export type Levels = Readonly<Record<string, AreaLevel>>;

/** Where a duty is done: the campaign's own jurisdiction, agencies and levels, and the unit in question (`*`: the campaign as a whole). */
export interface Ground { readonly agencies: Readonly<Record<string, Agency>>; readonly jurisdiction: string; readonly levels?: Levels; readonly unit: string }

/** The role and the place of an agency's people in one unit. */
export interface Seat { readonly role: Role; readonly place: string; readonly name: string }

export type AgencyRefusal = 'agency-other' | 'agency-elsewhere';
export const agencySentences = {
  'agency-other': '这项工作由{agency}办理，您的账号不是该机关的工作人员',
  'agency-elsewhere': '这项工作由{agency}办理，您不在其辖区任职',
} satisfies Record<AgencyRefusal, string>;

const ranks = ['county', 'city', 'province'] as const;
type Rank = (typeof ranks)[number];
const rankOf = (role: string): number => ranks.indexOf(role as Rank);

/**
 * The level a place is administered at: what the tree says; of a place it does not know, what GB/T 2260 writes into the code.
 * An area of its own (a development zone) is administered as a county is. Who belongs to whom is never read from a code.
 */
export function levelOf(code: string, levels: Levels = {}): Rank {
  const known = levels[code];
  if (known) return known === 'area' ? 'county' : known;
  return code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county';
}

/** The place the campaign is led from, or the unit itself. */
const placeOfUnit = ({ unit, jurisdiction }: Ground): string => (unit === wholeCampaign ? jurisdiction : unit);

/**
 * With which role and where the people of an agency act on a unit. A unit-level agency follows its unit: a district or a
 * city. An agency of another level sits where the pack says, else in the unit or the campaign's jurisdiction, whichever is
 * of its level; a pack that does not know the agency leaves the duty to the unit's own.
 */
export function seatOf(agencyId: string | null, ground: Ground): Seat {
  const unitPlace = placeOfUnit(ground);
  if (agencyId === 'institution') return { role: 'institution', place: unitPlace, name: '机构' };
  const agency = agencyId === null ? undefined : ground.agencies[agencyId];
  if (!agency || agency.level === 'unit') return { role: levelOf(unitPlace, ground.levels), place: unitPlace, name: agency?.name ?? '辖区监督部门' };
  if (agency.level === 'institution') return { role: 'institution', place: unitPlace, name: agency.name };
  const level = agency.level as Rank;
  const place = agency.jurisdiction ?? [unitPlace, ground.jurisdiction].find((code) => levelOf(code, ground.levels) === level) ?? unitPlace;
  return { role: level, place, name: agency.name };
}

/** The ground of a campaign in one of its units. */
export const groundOf = ({ agencies, jurisdiction, levels = {} }: Omit<Ground, 'unit'>, unit: string): Ground => ({ agencies, jurisdiction, levels, unit });

/** Inspectors and approvers act for an agency of their own level: the highest of their places. */
const ofAgencies: readonly Role[] = ['inspector', 'approver'];
const levelHeld = ({ places }: Principal): Rank | undefined => places.map(({ code, level }) => levelOf(code, level && { [code]: level })).sort((a, b) => rankOf(b) - rankOf(a))[0];

/** As what a person acts: for an institution, for agencies of a level, or as themselves. */
export const actingAs = (principal: Principal): Role => (ofBody(principal) ? 'institution' : ofAgencies.includes(principal.role) ? (levelHeld(principal) ?? principal.role) : principal.role);

/** Whether this person belongs to an agency with that seat. */
export const sits = (principal: Principal, { role, place }: Seat): boolean => actingAs(principal) === role && inPlace(principal, place);

interface Rights<Foreign extends string> {
  /** The refusal where the role is right and the place is not. */
  foreign: Foreign;
  /** The campaign's own authorities above the agency may do it too. */
  orAbove?: boolean;
}

/**
 * May this person do what a duty gives to an agency (its actor, or its receiver)? Decided from the pack's agency, the
 * person's role and place.
 * @returns the refusal, with the duty's clauses; null when the person may
 */
export function actingRefused<Foreign extends string = 'agency-elsewhere'>(
  principal: Principal, agencyId: string | null, ground: Ground, clauses: readonly string[], { foreign, orAbove = false }: Rights<Foreign>,
): Refused<Foreign | AgencyRefusal> | null {
  const seat = seatOf(agencyId, ground);
  const facts = { agency: seat.name };
  const role = actingAs(principal);
  if (role === seat.role) return inPlace(principal, seat.place) ? null : refuse<Foreign | AgencyRefusal>(foreign, [...clauses], facts);
  const above = orAbove && rankOf(role) > rankOf(seat.role) && rankOf(role) <= rankOf(levelOf(ground.jurisdiction, ground.levels));
  if (!above) return refuse<Foreign | AgencyRefusal>('agency-other', [...clauses], facts);
  return inPlace(principal, ground.jurisdiction) || inPlace(principal, placeOfUnit(ground)) ? null : refuse<Foreign | AgencyRefusal>(foreign, [...clauses], facts);
}

/** The same for a duty: its actor, or an agency that does it jointly. */
export function doingRefused<Foreign extends string>(
  principal: Principal, duty: Pick<PlannedDuty, 'actor' | 'jointly'> | undefined, ground: Ground, clauses: readonly string[], rights: Rights<Foreign>,
): Refused<Foreign | AgencyRefusal> | null {
  const stranger = actingRefused(principal, duty?.actor ?? null, ground, clauses, rights);
  return stranger && duty?.jointly?.some((agency) => !actingRefused(principal, agency, ground, clauses, rights)) ? null : stranger;
}

/** The first duty of a kind in a unit's stages. */
export const dutyOf = (stages: readonly { readonly duties: readonly PlannedDuty[] }[], kind: PlannedDuty['kind']): PlannedDuty | undefined =>
  stages.flatMap(({ duties }) => duties).find((duty) => duty.kind === kind);
