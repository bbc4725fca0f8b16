import { describe, expect, it } from '@jest/globals';
import { allRoutes, type Problem } from '@zhijian/contracts/http';
import { factKinds } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';

const filled = (path: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'unit' ? '330106' : name === 'room' ? 'inspection' : name === 'version' ? '1' : '01900000-0000-7000-8000-000000000000'));

describe('the doors of the running system', () => {
  it.each(allRoutes.filter(({ path }) => path.startsWith('/api/v1/')).map((route) => [`${route.method} ${route.path}`, route] as const))('%s is closed without a token', async (_, route) => {
    const { status, body, headers } = await call<Problem>(null, route.method, filled(route.path), route.method === 'GET' ? undefined : {});
    expect([status, typeof body.code]).toEqual([401, 'string']);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('every address of the contracts is served: none is unknown to its room', async () => {
    const token = await tokenOf('yunwei');
    const unknown = [];
    for (const route of allRoutes.filter(({ path, method }) => path.startsWith('/api/v1/') && method === 'GET')) {
      const { status, body } = await call<Problem>(token, 'GET', filled(route.path));
      if (status >= 500 || (status === 404 && body.title === '没有这个地址')) unknown.push(`${route.path} ${status}`);
    }
    expect(unknown).toEqual([]);
  });

  it('OpenAPI lists every route and the catalogue every fact', async () => {
    const openapi = await call<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(null, 'GET', '/api/openapi.json');
    expect(openapi.body.openapi).toMatch(/^3\.1/);
    expect(allRoutes.filter(({ path, method }) => !openapi.body.paths[path]?.[method.toLowerCase()])).toEqual([]);
    const catalogue = await call<unknown>(null, 'GET', '/api/event-catalog.json');
    const text = JSON.stringify(catalogue.body);
    expect(factKinds().filter(({ type }) => !text.includes(`"${type}"`))).toEqual([]);
  });

  it.each([
    ['a body of 10 MB', 'POST', JSON.stringify({ name: 'x'.repeat(10_000_000) }), 413],
    ['what is not JSON', 'POST', '{"name":', 400],
    ['unknown fields', 'POST', { name: '试', pack: 'hangzhou/exam-campaign-2023', units: [{ code: '330106', name: '西湖区' }], colour: 'red' }, 400],
    ['wrong types', 'POST', { name: 7, pack: 'hangzhou/exam-campaign-2023', units: 'all' }, 400],
  ] as const)('%s is refused in Chinese and changes nothing', async (_, method, body, status) => {
    const token = await tokenOf('shi');
    const before = await call<{ items: unknown[] }>(token, 'GET', '/api/v1/campaigns');
    const answer = await call<Problem>(token, method, '/api/v1/campaigns', typeof body === 'string' ? body : { ...body });
    expect(answer.status).toBe(status);
    expect(answer.body.title).toMatch(/[\u4e00-\u9fff]/);
    if (typeof body !== 'string') expect(answer.body.errors[0]?.path).toMatch(/^\/(colour|name|units)/);
    expect((await call<{ items: unknown[] }>(token, 'GET', '/api/v1/campaigns')).body.items.length).toBe(before.body.items.length);
  });

  it('the same key with another body is refused, with the same body it answers the same', async () => {
    const token = await tokenOf('shi');
    const key = { 'idempotency-key': crypto.randomUUID() };
    const body = { name: '重复提交试验', pack: 'hangzhou/exam-campaign-2023', units: [{ code: '330106', name: '西湖区' }] };
    const first = await call<{ campaignId: string }>(token, 'POST', '/api/v1/campaigns', body, key);
    const again = await call<{ campaignId: string }>(token, 'POST', '/api/v1/campaigns', body, key);
    const other = await call<Problem>(token, 'POST', '/api/v1/campaigns', { ...body, name: '另一内容' }, key);
    expect([first.status, again.status, other.status, other.body.code]).toEqual([201, 201, 422, 'key-reused']);
    expect(again.body.campaignId).toBe(first.body.campaignId);
  });

  it('a report for a closed campaign, and one by another body, are refused', async () => {
    const campaign = await theCampaign(await tokenOf('shi'));
    const me = await call<{ places: { code: string; institutionId: string | null }[] }>(await tokenOf('jigou'), 'GET', '/api/v1/me');
    const own = me.body.places.find(({ code, institutionId }) => institutionId && campaign.units.some((unit) => unit.code === code))!.institutionId!;
    const report = { institutionId: own, items: [], noProblems: true, volumes: { employers: 1, workers: 1 }, sealedBy: '办公室主任' };
    const closed = await call<Problem>(await tokenOf('jigou'), 'POST', `/api/v1/campaigns/${campaign.campaignId}/self-checks`, report);
    expect([closed.status, closed.body.code]).toEqual([409, 'self-check-campaign-closed']);
    const foreign = await call<Problem>(await tokenOf('jigou2'), 'POST', `/api/v1/campaigns/${campaign.campaignId}/self-checks`, report);
    expect([foreign.status, foreign.body.code]).toEqual([422, 'self-check-foreign']);
  });

  it('every process is listed with its log', async () => {
    const { readFileSync } = await import('node:fs');
    const names = (JSON.parse(readFileSync(theSystem().processes, 'utf8')) as { name: string }[]).map(({ name }) => name).sort();
    expect(names).toEqual(['gateway', 'identity', 'inspection', 'kafka', 'portal', 'postgres', 'publication', 'qualification', 'quality-control', 'temporal', 'temporal-ui', 'workflows']);
  });
});
