import { describe, expect, it } from '@jest/globals';
import { roles } from '@zhijian/contracts';
import { allRoutes } from '@zhijian/contracts/http';
import { operationOf, readRights, rightOf, rights } from './table.js';

const routes = allRoutes.filter(({ path }) => path.startsWith('/api/v1/'));

describe('the table of rights', () => {
  it('names every route of the contracts with exactly its roles, and nothing else', () => {
    const granted = routes.map((route) => [operationOf(route), roles.filter((role) => rightOf(role, route))]);
    expect(granted).toEqual(routes.map((route) => [operationOf(route), roles.filter((role) => route.roles.includes(role))]));
    expect(new Set(rights.map(({ operation }) => operation))).toEqual(new Set(routes.map(operationOf)));
  });

  it('asks for a second sign-in where the routes do', () => {
    const heavy = (routes as { method: string; path: string; stepUp?: boolean }[]).filter(({ stepUp }) => stepUp).map(operationOf);
    expect(new Set(rights.filter(({ stepUp }) => stepUp).map(({ operation }) => operation))).toEqual(new Set(heavy));
  });

  /** Penalty, draw and publication; a draw for an audit decides nothing. */
  it.each(['cases/{caseId}/decision', 'visits/{visitId}/draw', 'campaigns/{campaignId}/samples/{sample}/draw', 'notices/{noticeId}/posting', 'notices/{noticeId}/withdrawal', 'notices/{noticeId}/publications', 'publications/{publicationId}/withdrawal', 'colour-runs/{runId}/signatures', 'colour-corrections/{correctionId}/decision'])(
    'a sign-in of hours ago does not do for %s', (path) => {
      const right = rights.filter(({ operation }) => operation === `POST /api/v1/${path}`);
      expect([right.length > 0, right.every(({ stepUp }) => stepUp)]).toEqual([true, true]);
    });

  it('no other draw and no other publication stands beside them', () => {
    const named = routes.filter(({ method, path }) => method !== 'GET' && /\/(draws?|posting|publications?)$/.test(path));
    expect(named.filter(({ stepUp }) => !stepUp).map(operationOf)).toEqual([]);
  });

  it('lets auditors read and never write, and administrators see no business data', () => {
    const of = (role: 'auditor' | 'system-admin') => rights.filter((right) => right.roles.includes(role)).map(({ operation }) => operation);
    expect(of('auditor').filter((operation) => !operation.startsWith('GET '))).toEqual(['POST /api/v1/appointments/{appointmentId}/delegations']); // their own appointment
    expect(of('system-admin').filter((operation) => /campaign|institution|self-check|visit|case|draw|roster/.test(operation))).toEqual([]);
  });

  it.each([
    ['a role nobody has', 'GET /x,king,any,own,,,no,because'],
    ['a relation nobody has', 'GET /x,county,any,near,,,no,because'],
    ['a condition the code does not know', 'GET /x,county,any,own,moonlight,,no,because'],
    ['a state no matter is in', 'GET /x,county,any,own,,campaign:asleep,no,because'],
    ['no reason', 'GET /x,county,any,own,,,no,'],
    ['a column too many', 'GET /x,county,any,own,,,no,because,more'],
  ])('is refused with %s', (_, line) => {
    expect(() => readRights(`operation,roles,agency,relation,condition,state,step-up,because\n${line}\n`)).toThrow('access.csv');
  });
});
