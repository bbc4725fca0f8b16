import { inPlace, stateAllows, type Principal, type Span } from '@zhijian/access';
import { administrators, refuse, type Refused, type Role } from '@zhijian/contracts';
import { directory } from '@zhijian/contracts/http';

export type DirectoryRefusal =
  | 'place-foreign' | 'appoints-self' | 'administrators-exclude' | 'span-reversed' | 'institution-missing' | 'institution-foreign' | 'agency-elsewhere' | 'agency-closed' | 'person-is-disabled' | 'area-ended'
  | 'appointment-over' | 'successor-needed' | 'successor-self' | 'successor-unfit' | 'delegation-own' | 'delegation-wider' | 'delegation-again' | 'person-state' | 'disables-self' | 'account-taken'
  | 'area-known' | 'area-circle' | 'area-backwards' | 'area-level' | 'head-needed';

/** What people read; `{name}` is filled from the refusal's facts. */
export const directorySentences: Record<DirectoryRefusal, string> = {
  'place-foreign': '{place} 不在您的辖区，无权办理',
  'appoints-self': '不能任命自己，请由另一名安全管理员办理',
  'administrators-exclude': '系统管理员、安全管理员、审计管理员三职互斥，此人已任{held}',
  'span-reversed': '终止日期早于起始日期',
  'institution-missing': '机构人员的任职须指明机构',
  'institution-foreign': '只有机构人员的任职才指明机构',
  'agency-elsewhere': '所选机关不在该辖区',
  'agency-closed': '所选机关在任职期间并不存续',
  'person-is-disabled': '此人已停用，须先恢复',
  'area-ended': '{place} 在该期间并不存续',
  'appointment-over': '该任职已经结束',
  'successor-needed': '须指定接任人：所在机关没有可接手的负责人，未办事项不能无人负责',
  'successor-self': '接任人不能是本人',
  'successor-unfit': '接任人已停用，不能接手',
  'delegation-own': '只能委托本人的任职',
  'delegation-wider': '委托只能缩小：辖区与期限须在原任职之内',
  'delegation-again': '受委托的任职不能再委托',
  'person-state': '此人已是该状态',
  'disables-self': '不能停用自己',
  'account-taken': '账号 {account} 已登记在他人名下',
  'area-known': '区划 {place} 已存在',
  'area-circle': '上级不能是其自身或下级',
  'area-backwards': '起始日期须晚于现行隶属关系的起始日期',
  'area-level': '区划层级与上级不符',
  'head-needed': '机关负责人已停用，须另行指定',
};

export const overlaps = (a: Span, b: Span): boolean => (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
/** Whether the inner time lies wholly in the outer one. */
export const spanWithin = (inner: Span, outer: Span): boolean => outer.from <= inner.from && (outer.to === null || (inner.to !== null && inner.to <= outer.to));

const isAdministrator = (role: Role): boolean => (administrators as readonly Role[]).includes(role);
const ofInstitution = (role: Role): boolean => role === 'institution' || role === 'institution-head';

export interface Asked extends Span { readonly role: Role; readonly jurisdictionId: string; readonly institutionId: string | null }
export interface Candidate { readonly personId: string; readonly accounts: readonly string[]; readonly disabled: boolean; readonly held: readonly (Span & { readonly role: Role })[] }
export interface Where { readonly area: Span; readonly agency: (Span & { readonly jurisdictionId: string }) | null }

export const isSelf = (by: Principal, { personId, accounts }: Pick<Candidate, 'personId' | 'accounts'>): boolean => by.personId === personId || accounts.includes(by.id);

/** May this security administrator appoint this person so? @returns the refusal, or null */
export function grantRefused(by: Principal, asked: Asked, candidate: Candidate, { area, agency }: Where): Refused<DirectoryRefusal> | null {
  const no = (code: DirectoryRefusal, facts: Record<string, unknown> = {}) => refuse(code, [], { place: asked.jurisdictionId, ...facts });
  if (!inPlace(by, asked.jurisdictionId)) return no('place-foreign');
  if (isSelf(by, candidate)) return no('appoints-self');
  if (candidate.disabled) return no('person-is-disabled');
  if (asked.to !== null && asked.to < asked.from) return no('span-reversed');
  if (!overlaps(asked, area)) return no('area-ended');
  if (ofInstitution(asked.role) && !asked.institutionId) return no('institution-missing');
  if (!ofInstitution(asked.role) && asked.institutionId) return no('institution-foreign');
  if (agency && agency.jurisdictionId !== asked.jurisdictionId) return no('agency-elsewhere');
  if (agency && !overlaps(asked, agency)) return no('agency-closed');
  const other = candidate.held.find((held) => isAdministrator(held.role) && held.role !== asked.role && overlaps(held, asked));
  return isAdministrator(asked.role) && other ? no('administrators-exclude', { held: { 'system-admin': '系统管理员', 'security-admin': '安全管理员', 'audit-admin': '审计管理员' }[other.role as (typeof administrators)[number]] }) : null;
}

export interface Delegating extends Span { readonly personId: string; readonly accounts: readonly string[]; readonly state: 'granted' | 'ended'; readonly delegatedFrom: string | null; readonly role: Role }

/** May the holder hand an appointment on for a while? Narrower in place and time, never wider, once. @param reach the areas of the appointment */
export function delegationRefused(by: Principal, from: Delegating, asked: Span & { readonly jurisdictionId: string }, candidate: Candidate, reach: readonly string[]): Refused<DirectoryRefusal> | null {
  if (!isSelf(by, from)) return refuse('delegation-own');
  if (!stateAllows(directory.delegateAppointment, { appointment: from.state })) return refuse('appointment-over', [], {}, { wrongState: true });
  if (from.delegatedFrom !== null) return refuse('delegation-again');
  if (isSelf(by, candidate)) return refuse('appoints-self');
  if (candidate.disabled) return refuse('person-is-disabled');
  if (asked.to !== null && asked.to < asked.from) return refuse('span-reversed');
  if (!reach.includes(asked.jurisdictionId) || !spanWithin(asked, from)) return refuse('delegation-wider');
  const other = candidate.held.find((held) => isAdministrator(held.role) && held.role !== from.role && overlaps(held, asked));
  return isAdministrator(from.role) && other ? refuse('administrators-exclude', [], { held: '另一管理员职务' }) : null;
}

export interface Heir { readonly personId: string; readonly disabled: boolean }

/** Who takes over what is open: the named successor, otherwise the head of the agency; nothing is left without an owner. */
export function heirOf(leaving: string, successor: Heir | null, head: Heir | null): { ok: true; personId: string; as: 'successor' | 'agency-head' } | Refused<DirectoryRefusal> {
  if (successor) {
    if (successor.personId === leaving) return refuse('successor-self');
    return successor.disabled ? refuse('successor-unfit') : { ok: true, personId: successor.personId, as: 'successor' };
  }
  return head && !head.disabled && head.personId !== leaving ? { ok: true, personId: head.personId, as: 'agency-head' } : refuse('successor-needed');
}
