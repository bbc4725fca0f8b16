import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInPacks, Packs } from '@zhijian/policy';
import { testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { inspectionRoom } from '../room.js';
import { district, inTree, Year } from './colours.fixture.js';

/** An invented place that colours as Chongqing does, and whose text says what Chongqing's leaves open: the disease-control bureau writes a limit for each case. */
const testland = 'testland/colour-by-case';
const folder = mkdtempSync(join(tmpdir(), 'by-case-'));
function edit(file: string, ...changes: [from: string, to: string][]): void {
  const path = join(folder, testland, '1', file);
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`no “${from}” in ${file}`);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
}

let database: TestDatabase;
let room: TestRoom;
beforeAll(async () => {
  cpSync(join(builtInPacks, 'chongqing/colour-2024/1'), join(folder, testland, '1'), { recursive: true });
  edit('pack.yaml', ['id: chongqing/colour-2024', `id: ${testland}`], ['\nclauses:\n', '\nclauses:\n  TEST-2024-20: { normative: true, quote: 整改期限由市疾控局逐案写明 }\n']);
  edit('rules.yaml', ['    limit: none\n    wording: 限期未整改\n    clauses: [CQ-2024-20]\n    reading: AMB-CQ-9\n', '    limit: by-case\n    setBy: city-bureau\n    clauses: [TEST-2024-20]\n']);
  database = await testDatabase();
  room = await testRoom(inspectionRoom, { database, packs: new Packs([folder, builtInPacks]), at: '2024-09-24T09:00:00+08:00' });
  await inTree({ database });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a limit that the text leaves to each case', () => {
  it('is written by the agency the pack names, by the clause that says so and no reading; missed, it is stated and looked at', async () => {
    const play = new Year(room, 2024, testland);
    const institutionId = await play.body();
    await play.published(institutionId, 'red');
    await play.report(institutionId);
    await play.accept(institutionId);
    expect(await play.limit(institutionId, '2024-12-20', {}, district)).toMatchObject({ status: 422, problem: { code: 'agency-other', clauses: ['TEST-2024-20'] } });
    expect(await play.limit(institutionId, '2024-12-20')).toMatchObject({ status: 201, body: { limitOn: '2024-12-20', limits: [{ agency: '市疾控局', basis: 'by-case', reading: null }] } });
    const [limited] = (await room.facts('inspection.rectification-limited')).filter(({ subject }) => subject === institutionId);
    expect(limited!.data).toMatchObject({ basis: 'by-case', reading: null, dueAt: '2024-12-21T00:00:00+08:00', policy: { pack: testland, version: 1, clauses: ['TEST-2024-20'] } });
    room.clock.set('2024-12-21T00:00:00+08:00');
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ kind: 'sweep', counts: { missed: 1 } }] });
    const [missed] = (await room.facts('inspection.rectification-missed')).filter(({ subject }) => subject === institutionId);
    expect(missed!.data).toMatchObject({ limitOn: '2024-12-20', policy: { pack: testland } });
  });
  it('without one nobody is late, whatever the day', async () => {
    room.clock.set('2025-09-24T09:00:00+08:00');
    const play = new Year(room, 2025, testland);
    const institutionId = await play.body();
    await play.published(institutionId, 'red');
    await play.report(institutionId);
    await play.accept(institutionId);
    room.clock.set('2026-06-30T00:00:00+08:00');
    await play.do('sweepReports');
    expect((await room.facts('inspection.rectification-missed')).filter(({ subject }) => subject === institutionId)).toEqual([]);
    expect(await play.duty(institutionId)).toMatchObject({ limitOn: null, limits: [], missedAt: null });
  });
});
