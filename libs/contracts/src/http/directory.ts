import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { agencyKinds, areaLevels, roles } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zArea } from './route.js';

const room = 'gateway' as const;
const administrators = ['system-admin', 'security-admin', 'audit-admin', 'auditor', 'operator'] as const;
const arrange = ['system-admin'] as const;
const appoint = ['security-admin'] as const;
const reason = text(300);
const span = { from: zDate, to: zDate.nullable() };
const version = z.number().int();

const jurisdiction = z.object({
  jurisdictionId: z.string(), code: z.string().nullable(), name: z.string(), level: z.enum(areaLevels), ...span, mergedInto: z.string().nullable(),
  /** On the day asked for. */
  parent: z.string().nullable(), history: z.array(z.object({ parent: z.string(), ...span })), version,
});
export const listJurisdictions = defineRoute({
  room, method: 'GET', path: '/api/v1/jurisdictions', summary: '某日的区划与隶属关系（含没有代码的功能区、已并入他区的）', roles, query: z.strictObject({ on: zDate.optional() }),
  answer: z.object({ on: zDate, items: z.array(jurisdiction) }),
});
export const createJurisdiction = defineRoute({
  room, method: 'POST', path: '/api/v1/jurisdictions', summary: '设立区划或功能区', says: ['/name'], roles: arrange,
  body: z.strictObject({ jurisdictionId: zArea, name: text(60), level: z.enum(areaLevels), parent: z.string(), from: zDate, reason }), answer: jurisdiction,
});
const ofArea = z.strictObject({ jurisdictionId: z.string() });
export const moveJurisdiction = defineRoute({
  room, method: 'POST', path: '/api/v1/jurisdictions/{jurisdictionId}/move', summary: '调整隶属关系（自某日起）', roles: arrange, ifMatch: true, params: ofArea,
  body: z.strictObject({ parent: z.string(), from: zDate, reason }), answer: jurisdiction,
});
export const mergeJurisdiction = defineRoute({
  room, method: 'POST', path: '/api/v1/jurisdictions/{jurisdictionId}/merger', summary: '并入另一区划（自某日起撤销，其任职同时到期，未办事项移交）', roles: arrange, ifMatch: true, params: ofArea,
  body: z.strictObject({ into: z.string(), from: zDate, reason }), answer: jurisdiction,
});

const delegated = z.object({ duty: z.string(), toAgencyId: z.string(), toAgencyName: z.string(), ...span, reason: z.string() });
const agency = z.object({ agencyId: z.string(), name: z.string(), kind: z.enum(agencyKinds), jurisdictionId: z.string(), jurisdictionName: z.string(), ...span, head: z.object({ personId: z.string(), label: z.string() }).nullable(), delegated: z.array(delegated), version });
export const listAgencies = defineRoute({ room, method: 'GET', path: '/api/v1/agencies', summary: '机关与单位：所在区划、起止、负责人、委托的事项', roles: administrators, answer: z.object({ items: z.array(agency) }) });
export const createAgency = defineRoute({
  room, method: 'POST', path: '/api/v1/agencies', summary: '登记机关或单位', says: ['/name'], roles: arrange,
  body: z.strictObject({ name: text(80), kind: z.enum(agencyKinds), jurisdictionId: z.string(), from: zDate, headPersonId: z.uuid().nullable().default(null), reason }), answer: agency,
});
const ofAgency = z.strictObject({ agencyId: z.uuid() });
export const changeAgency = defineRoute({
  room, method: 'PATCH', path: '/api/v1/agencies/{agencyId}', summary: '更换负责人、更名或终止', says: ['/name'], roles: arrange, ifMatch: true, params: ofAgency,
  body: z.strictObject({ name: text(80).optional(), headPersonId: z.uuid().optional(), to: zDate.optional(), reason }), answer: agency,
});
export const delegateDuty = defineRoute({
  room, method: 'POST', path: '/api/v1/agencies/{agencyId}/delegations', summary: '将一项职责委托给另一机关（有起止日期）', says: ['/duty'], roles: arrange, ifMatch: true, params: ofAgency,
  body: z.strictObject({ duty: text(60), toAgencyId: z.uuid(), from: zDate, to: zDate.nullable(), reason }), answer: agency,
});

const person = z.object({ personId: z.string(), name: z.string().nullable(), accounts: z.array(z.string()), state: z.enum(['active', 'disabled']), roles: z.array(z.enum(roles)), version });
export const listPeople = defineRoute({ room, method: 'GET', path: '/api/v1/people', summary: '人员及其账号', roles: administrators, query: z.strictObject({ ...page, q: z.string().max(60).optional() }), answer: pageOf(person) });
const accounts = z.array(z.string().trim().min(1).max(200)).min(1, '至少一个账号').max(5);
export const registerPerson = defineRoute({
  room, method: 'POST', path: '/api/v1/people', summary: '登记人员（一人可有多个账号）', says: ['/accounts/*'], roles: arrange,
  body: z.strictObject({ name: text(40).nullable().default(null), accounts }), answer: person,
});
const ofPerson = z.strictObject({ personId: z.uuid() });
export const disablePerson = defineRoute({
  room, method: 'POST', path: '/api/v1/people/{personId}/disabling', summary: '停用人员：其全部账号立即失效', roles: ['security-admin', 'system-admin'], ifMatch: true, params: ofPerson,
  body: z.strictObject({ /** 接手未办事项的人；不指定的交所在机关负责人，机关没有负责人的退回机关 */ successorId: z.uuid().nullable().default(null), reason }), answer: person,
});
export const enablePerson = defineRoute({
  room, method: 'POST', path: '/api/v1/people/{personId}/enabling', summary: '恢复人员的账号', roles: appoint, ifMatch: true, params: ofPerson, body: z.strictObject({ reason }), answer: person,
});

const appointment = z.object({
  appointmentId: z.string(), personId: z.string(), person: z.string(), role: z.enum(roles), agencyId: z.string().nullable(), agencyName: z.string().nullable(), jurisdictionId: z.string(), jurisdictionName: z.string(),
  institutionId: z.string().nullable(), institutionName: z.string().nullable(), ...span, reason: z.string(), delegatedFrom: z.string().nullable(), grantedBy: z.string(), grantedAt: zInstant,
  state: z.enum(['granted', 'ended']), endedBy: z.string().nullable(), endReason: z.string().nullable(), endedAt: zInstant.nullable(), handedTo: z.string().nullable(), version,
});
export const listAppointments = defineRoute({
  room, method: 'GET', path: '/api/v1/appointments', summary: '任职：何人在何处任何职，起止，由谁任命', roles: administrators,
  query: z.strictObject({ ...page, personId: z.uuid().optional(), jurisdictionId: z.string().optional() }), answer: pageOf(appointment),
});
export const grantAppointment = defineRoute({
  room, method: 'POST', path: '/api/v1/appointments', summary: '任命（有起止日期和理由；不得任命自己）', says: ['/institutionName'], roles: appoint,
  body: z.strictObject({
    personId: z.uuid(), role: z.enum(roles), agencyId: z.uuid().nullable().default(null), jurisdictionId: z.string(), institutionId: z.string().max(60).nullable().default(null), institutionName: text(120).nullable().default(null),
    from: zDate, to: zDate.nullable().default(null), reason,
  }), answer: appointment,
});
const ofAppointment = z.strictObject({ appointmentId: z.uuid() });
export const endAppointment = defineRoute({
  room, method: 'POST', path: '/api/v1/appointments/{appointmentId}/end', summary: '免职：未办事项移交指定接任人，未指定的交所在机关负责人', roles: appoint, ifMatch: true, params: ofAppointment,
  body: z.strictObject({ successorId: z.uuid().nullable().default(null), reason }), answer: appointment,
});
export const delegateAppointment = defineRoute({
  room, method: 'POST', path: '/api/v1/appointments/{appointmentId}/delegations', summary: '将本人任职委托他人代行：只能缩小，不能扩大', roles, params: ofAppointment,
  body: z.strictObject({ personId: z.uuid(), jurisdictionId: z.string(), from: zDate, to: zDate, reason }), answer: appointment,
});

export const listDirectoryChanges = defineRoute({
  room, method: 'GET', path: '/api/v1/directory-changes', summary: '人员、任职、区划、机关的变动记录', roles: ['system-admin', 'security-admin', 'audit-admin', 'auditor'], query: z.strictObject({ ...page, subject: z.string().max(60).optional() }),
  answer: pageOf(z.object({ id: z.string(), at: zInstant, actor: z.string(), action: z.string(), subject: z.string(), jurisdiction: z.string(), detail: z.record(z.string(), z.unknown()) })),
});
