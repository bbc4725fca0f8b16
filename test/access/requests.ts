import { operationOf } from '@zhijian/access';
import { allRoutes, type RouteDefinition } from '@zhijian/contracts/http';
import { registerTable, writeTable } from '@zhijian/documents';
import { creditCodeOf } from '@zhijian/policy';
import { z } from 'zod';
import { valueFor } from '../privacy/requests.js';
import { coloursGoBy, movesTo } from './documents.js';
import type { Sent } from './installation.js';
import { idOf, nowhereElse, targets } from './model.js';

const sheet = Buffer.from(await writeTable(registerTable, []));
/** Another form of what `GET /api/v1/clocks` answers, and a mark on a line of `GET /api/v1/calendar-previews`: made by the gateway from the rooms' own lists, which are asked room by room; the guard of these two in the gateway's own tests. */
const gathered: ReadonlySet<string> = new Set(['GET /api/v1/clocks.ics', 'POST /api/v1/calendar-notices/{noticeId}/looks']);
/** Every other operation of the API. */
export const routes = allRoutes.filter((route) => route.path.startsWith('/api/v1/') && !gathered.has(operationOf(route)));
export const routesOf = (method: 'GET' | 'other'): RouteDefinition[] => routes.filter((route) => (route.method === 'GET') === (method === 'GET'));

/** Plays in a thread of the built program and asks no database: not to be had from the sources. */
export const inAThread: ReadonlySet<string> = new Set(['POST /api/v1/packs/{place}/{plan}/{version}/rehearsal']);

/** What fields are called, and what stands there of a place. */
function knownOf(place: string): Record<string, unknown> {
  const id = idOf(place);
  const named = ['campaignId', 'institutionId', 'visitId', 'caseId', 'drawId', 'selfCheckId', 'obligationId', 'importId', 'noticeId', 'id', 'personId', 'appointmentId', 'agencyId', 'taskId', 'subject', 'headPersonId', 'successorId', 'toAgencyId'];
  const more = routes.flatMap(({ path }) => [...path.matchAll(/\{(\w+Id)\}/g)].map(([, name]) => name!));
  return {
    ...Object.fromEntries([...named, ...more].map((name) => [name, id])), unit: place, code: place, jurisdiction: place, jurisdictionId: place, place, city: place, parent: place, into: place, units: [{ code: place, name: '某区' }], institutions: [id],
    workflowId: `campaign/${id}/${place}`, room: 'inspection', form: 'HZ-F1', duty: 'site-check', sample: 'enforcement-visits', target: 'service-cards', pack: 'hangzhou/exam-campaign-2023', month: '2023-05', year: 2023, day: '2023-05-09', from: '2023-01-01', to: '2023-12-31', limit: 500,
    creditCode: creditCodeOf(`52${/^\d{6}$/.test(place) ? place : '990101'}MTX000001`), kind: 'health-examination', version: 1, archives: ['a'], inspectors: ['甲', '乙'], size: 1,
  };
}

/** What a question says besides, or says otherwise, where the names of its fields do not tell. */
const besides: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /api/v1/calendar/due': { days: '5' },
  'GET /api/v1/packs/{place}/{plan}/{version}/diff': { with: 'jiangsu/norm-2014@1' },
  'GET /api/v1/campaigns/{campaignId}/pack-preview': { to: movesTo },
  'GET /api/v1/campaigns/{campaignId}/duties/{duty}/record-template': { duty: 'issue-list' },
  'GET /api/v1/campaigns/{campaignId}/institutions/{institutionId}/forms/{form}': { form: 'JS-F1' },
  'GET /api/v1/campaigns/{campaignId}/institutions/{institutionId}/forms/{form}/xlsx': { form: 'JS-F1' },
  'GET /api/v1/visit-subjects': { q: '示例' },
  'GET /api/v1/colour-what-ifs': { pack: `${coloursGoBy}@1`, years: '2023' },
};

/** The same request about a place, whichever it is. */
export function requestFor(route: RouteDefinition, place: string, query: Record<string, string> = {}): Sent {
  const more = besides[operationOf(route)] ?? {};
  const known = { ...knownOf(place), ...(route.path.startsWith('/api/v1/packs/') ? { place: 'hangzhou', plan: 'exam-campaign-2023', decision: 'item-verification' } : {}), ...more };
  const schema = z.toJSONSchema(route.query, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, unknown>; required?: string[] };
  const filled = valueFor(route.query, known, 'x', []) as Record<string, unknown>;
  const asked = Object.fromEntries(Object.keys(schema.properties ?? {}).filter((name) => schema.required?.includes(name) || name in more || (name === 'limit') || (['unit', 'institutionId'].includes(name) && !route.path.includes(`{${name}}`))).map((name) => [name, String(filled[name])]));
  const search = new URLSearchParams({ ...asked, ...query }).toString();
  const url = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(known[name as keyof typeof known] ?? 'x')));
  return {
    url: search ? `${url}?${search}` : url, ...(route.method === 'GET' ? {} : route.file ? { file: sheet } : { body: JSON.stringify(valueFor(route.body, known, '测试', [])) }), ...(route.ifMatch ? { ifMatch: 77 } : {}),
  };
}

/** Does the request name a place at all? What is about one’s own is the same for every target. */
export const namesPlace = (route: RouteDefinition): boolean => { const [one, other] = [requestFor(route, targets[0]), requestFor(route, nowhereElse)]; return one.url !== other.url || one.body !== other.body; };
