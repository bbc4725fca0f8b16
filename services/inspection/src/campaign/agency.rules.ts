import { ofBody, inPlace, type Principal } from '@zhijian/access';
import { dayOf, type LocalDate } from '@zhijian/calendar';
import { refuse, type AreaLevel, type Refused, type Role } from '@zhijian/contracts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { actingOn, type Acting, type AgencySpan, type PlannedDuty } from '@zhijian/policy';

/** An agency of a pack: who it is, at which level it acts, from when to when, and who takes over. `jurisdiction` where the text names its place. */
export interface Agency extends AgencySpan { readonly name: string; readonly level: string; readonly jurisdiction?: string | undefined }

/** At which level places are administered, as the directory's tree had it when the campaign was drawn up. */
export type Levels = Readonly<Record<string, AreaLevel>>;

/** Where and when a duty is done: the campaign's own jurisdiction, agencies and levels, the unit in question (`*`: the campaign as a whole), and the day. */
export interface Ground { readonly agencies: Readonly<Record<string, Agency>>; readonly jurisdiction: string; readonly levels?: Levels; readonly unit: string; readonly on: LocalDate }

/** The role and the place of an agency's people in one unit. */
export interface Seat { readonly role: Role; readonly place: string; readonly name: string }

export type AgencyRefusal = 'agency-other' | 'agency-elsewhere' | 'agency-replaced' | 'agency-ended' | 'agency-between' | 'agency-not-begun';
export const agencySentences = {
  'agency-other': '这项工作由{agency}办理，您的账号不是该机关的工作人员',
  'agency-elsewhere': '这项工作由{agency}办理，您不在其辖区任职',
  'agency-replaced': '{agency}的职责已于 {to} 结束，这项工作现由{successor}办理',
  'agency-ended': '{agency}的职责已于 {to} 结束，政策文件没有写明由哪个机关接替，目前没有办理机关',
  'agency-between': '{agency}的职责已于 {to} 结束，{successor}自 {from} 起接替，目前没有办理机关',
  'agency-not-begun': '这项工作由{agency}办理，该机关自 {from} 起履行职责',
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
 * of its level; a pack that does not know the agency leaves the duty to the unit's own. Whoever has taken over from the
 * agency by the day sits for it; where nobody acts on that day, its last seat is named, so that nothing is without a place.
 */
export function seatOf(agencyId: string | null, ground: Ground): Seat {
  if (agencyId === 'institution') return { role: 'institution', place: placeOfUnit(ground), name: '机构' };
  return seatOfAgency(actingAgency(agencyId, ground)?.agency, ground);
}

const actingAgency = (agencyId: string | null, { agencies, on }: Ground): Acting<Agency> | undefined => (agencyId === null ? undefined : actingOn(agencies, agencyId, on));

function seatOfAgency(agency: Agency | undefined, ground: Ground): Seat {
  const unitPlace = placeOfUnit(ground);
  if (!agency || agency.level === 'unit') return { role: levelOf(unitPlace, ground.levels), place: unitPlace, name: agency?.name ?? '辖区监督部门' };
  if (agency.level === 'institution') return { role: 'institution', place: unitPlace, name: agency.name };
  const level = agency.level as Rank;
  const place = agency.jurisdiction ?? [unitPlace, ground.jurisdiction].find((code) => levelOf(code, ground.levels) === level) ?? unitPlace;
  return { role: level, place, name: agency.name };
}

/** The ground of a campaign in one of its units, on the day of an instant. */
export const groundOf = ({ agencies, jurisdiction, levels = {} }: Omit<Ground, 'unit' | 'on'>, unit: string, now: string): Ground => ({ agencies, jurisdiction, levels, unit, on: dayOf(now) });

/** Inspectors and approvers act for an agency of their own level: the highest of their places. */
const ofAgencies: readonly Role[] = ['inspector', 'approver'];
const levelHeld = ({ places }: Principal): Rank | undefined => places.map(({ code, level }) => levelOf(code, level && { [code]: level })).sort((a, b) => rankOf(b) - rankOf(a))[0];

/** As what a person acts: for an institution, for agencies of a level, or as themselves. */
export const actingAs = (principal: Principal): Role => (ofBody(principal) ? 'institution' : ofAgencies.includes(principal.role) ? (levelHeld(principal) ?? principal.role) : principal.role);

/** Whether this person belongs to an agency with that seat. */
export const sits = (principal: Principal, { role, place }: Seat): boolean => actingAs(principal) === role && inPlace(principal, place);

/** Why nobody may who is not of the acting agency: none acts on that day; or, to people of the one that has ended, who acts now. Null where that is no reason. */
function goneRefused(acting: Acting<Agency> | undefined, clauses: readonly string[], isOf: (agency: Agency) => boolean): Refused<AgencyRefusal> | null {
  if (!acting) return null;
  const { agency } = acting;
  const said = (code: AgencyRefusal, facts: Record<string, unknown>) => refuse<AgencyRefusal>(code, [...clauses], facts);
  if (acting.state === 'not-begun') return said('agency-not-begun', { agency: agency.name, from: agency.from });
  if (acting.state === 'acts') return acting.instead && isOf(acting.instead) ? said('agency-replaced', { agency: acting.instead.name, to: acting.instead.to, successor: agency.name }) : null;
  const { successor } = acting;
  return successor ? said('agency-between', { agency: agency.name, to: agency.to, successor: successor.name, from: successor.from }) : said('agency-ended', { agency: agency.name, to: agency.to });
}

interface Rights<Foreign extends string> {
  /** The refusal where the role is right and the place is not. */
  foreign: Foreign;
  /** The campaign's own authorities above the agency may do it too. */
  orAbove?: boolean;
}

/**
 * May this person do what a duty gives to an agency (its actor, or its receiver)? Decided from the pack's agency, from when
 * to when it acts, the person's role and place. People of an agency whose duty has ended are told who acts now.
 * @returns the refusal, with the duty's clauses; null when the person may
 */
export function actingRefused<Foreign extends string = 'agency-elsewhere'>(
  principal: Principal, agencyId: string | null, ground: Ground, clauses: readonly string[], { foreign, orAbove = false }: Rights<Foreign>,
): Refused<Foreign | AgencyRefusal> | null {
  const seat = seatOf(agencyId, ground);
  const acting = actingAgency(agencyId, ground);
  if ((!acting || acting.state === 'acts') && sits(principal, seat)) return null;
  const role = actingAs(principal);
  const above = orAbove && rankOf(role) > rankOf(seat.role) && rankOf(role) <= rankOf(levelOf(ground.jurisdiction, ground.levels));
  if (above && (inPlace(principal, ground.jurisdiction) || inPlace(principal, placeOfUnit(ground)))) return null;
  const gone = goneRefused(acting, clauses, (agency) => sits(principal, seatOfAgency(agency, ground)));
  return gone ?? refuse<Foreign | AgencyRefusal>(above || role === seat.role ? foreign : 'agency-other', [...clauses], { agency: seat.name });
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
