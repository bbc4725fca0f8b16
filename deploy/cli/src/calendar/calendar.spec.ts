import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ask, emptyFolder } from '../asked.fixture.js';

describe('calendar due', () => {
  it('counts working days, make-up days included, and explains itself', async () => {
    const { code, json } = await ask('calendar due --from 2024-09-13 --working-days 5 --json');
    expect(code).toBe(0);
    expect(json).toMatchObject({ on: '2024-09-23', firm: true, counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'] });
    expect(Object.keys(json)).toEqual(['on', 'firm', 'calendar', 'counted', 'because']);
  });

  it('leaves out pauses with both ends, however many', async () => {
    const { json } = await ask('calendar due --from 2024-09-13 --working-days 5 --pause 2024-09-18..2024-09-19 --pause 2024-09-23..2024-09-23 --json');
    expect(json.on).toBe('2024-09-26');
  });

  it('rolls only when told to', async () => {
    expect((await ask('calendar due --from 2023-03-15 --months 1 --json')).json.on).toBe('2023-04-15');
    expect((await ask('calendar due --from 2023-03-15 --months 1 --roll forward --json')).json.on).toBe('2023-04-17');
  });

  it.each(['', '--days 1 --months 1', '--days -1', '--days 1.5', '--days 1 --roll back', '--days 1 --pause 2024-01-05', '--days 1 --pause 2024-01-05..2024-01-04'])('refuses “%s”', async (rest) => {
    expect((await ask(`calendar due --from 2024-01-01 ${rest}`)).code).toBe(2);
  });
});

describe('calendar load', () => {
  const notice = { year: 2027, number: null, off: ['2027-01-01'], workdays: ['2027-01-02'] };
  const written = (value: unknown): string => {
    const file = join(emptyFolder(), 'notice.json');
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  it('keeps nothing before an officer confirms, and then counts with it', async () => {
    const env = { CALENDAR_DIR: emptyFolder() };
    const file = written(notice);
    expect((await ask(`calendar load ${file} --json`, { env })).json).toEqual({ moved: [] });
    expect(readdirSync(env.CALENDAR_DIR)).toEqual([]);
    expect((await ask('calendar due --from 2026-12-31 --working-days 1 --json', { env })).json.firm).toBe(false);
    expect((await ask(`calendar load ${file} --confirm --json`, { env })).code).toBe(0);
    expect((await ask('calendar due --from 2026-12-31 --working-days 1 --json', { env })).json).toMatchObject({ on: '2027-01-02', firm: true });
  });

  it('gives a correction of the same year a later name, so that it stands', async () => {
    const env = { CALENDAR_DIR: emptyFolder() };
    await ask(`calendar load ${written(notice)} --confirm`, { env });
    await ask(`calendar load ${written({ ...notice, workdays: [] })} --confirm`, { env });
    expect(readdirSync(env.CALENDAR_DIR)).toEqual(['2027-000001.json', '2027-000002.json']);
    expect((await ask('calendar due --from 2026-12-31 --working-days 1 --json', { env })).json.on).toBe('2027-01-04');
  });

  it('asks the running system what would move, and confirms there when told to', async () => {
    const heard: string[] = [];
    const answers: Record<string, unknown> = {
      'GET /healthz': { ok: true }, 'POST /token': { access_token: 't', token_type: 'Bearer', expires_in: 3600 }, 'POST /api/v1/calendar-notices': { noticeId: 'n', state: 'preview', version: 1 },
      'GET /api/v1/calendar-previews/n': { moved: [{ clock: 'campaign/c/990101/report', title: '报告', old: '2027-01-05', new: '2027-01-06', firm: true }] }, 'POST /api/v1/calendar-notices/n/confirmation': { state: 'confirmed' },
    };
    const system = createServer((request, response) => {
      const call = `${request.method} ${request.url}`;
      heard.push(`${call} ${request.headers['if-match'] ?? ''}`.trim());
      request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[call])));
    });
    await new Promise<void>((done) => { system.listen(0, '127.0.0.1', done); });
    const address = `http://127.0.0.1:${(system.address() as AddressInfo).port}`;
    const env = { CALENDAR_DIR: emptyFolder(), GATEWAY_URL: address, OIDC_ISSUER: address };
    const preview = await ask(`calendar load ${written(notice)} --json`, { env });
    expect(preview).toMatchObject({ code: 0, json: { moved: [{ clock: 'campaign/c/990101/report', old: '2027-01-05', new: '2027-01-06' }] } });
    expect(heard.at(-1)).toBe('GET /api/v1/calendar-previews/n');
    await ask(`calendar load ${written(notice)} --confirm --json`, { env });
    system.close();
    expect(heard.at(-1)).toBe('POST /api/v1/calendar-notices/n/confirmation "1"');
    expect(readdirSync(env.CALENDAR_DIR)).toEqual([]);
  });

  it.each([{ ...notice, year: '2027' }, { ...notice, holiday: [] }, { ...notice, off: ['2028-01-01'] }])('refuses a notice that is not one', async (wrong) => {
    const { code, err } = await ask(`calendar load ${written(wrong)}`);
    expect(code).toBe(2);
    expect(err).toMatch(/[\u4e00-\u9fff]/);
  });
});
