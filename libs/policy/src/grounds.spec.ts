import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { builtInPacks, groundedDecisions, groundless, lawOf, groundsIn, Packs, parsePack, type InstitutionKind } from './index.js';
import { lawFiles } from './testland-law.fixture.js';

const packs = new Packs();
const service = { kinds: ['occupational-health-service'] as InstitutionKind[] };
const examination = { kinds: ['health-examination'] as InstitutionKind[] };
const folders: string[] = [];
const emptyFolder = (): string => { const folder = mkdtempSync(join(tmpdir(), 'grounds-')); folders.push(folder); return folder; };
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

describe('on what a decision outside a campaign rests', () => {
  it.each([
    ['register-publication', { ...examination, on: '2019-05-15' }, ['XXGK-2019-26']],
    ['register-publication', { ...service, on: '2023-02-15' }, ['XXGK-2019-26', 'XYXX-2016-17']],
    ['qualification', { ...service, on: '2023-12-01' }, ['ZYWS-2023-05']],
    ['withdrawal', { ...service, on: '2023-11-30' }, ['XZXK-2019-69']],
    ['suspension', { ...service, on: '2024-03-01' }, ['ZYWS-2023-07']],
    ['operation', { ...examination, on: '2023-02-15' }, ['ZYJC-2015-20']],
    ['calendar', { on: '2021-07-14' }, ['XZXK-2019-82']],
    ['calendar', { on: '2021-07-15' }, ['XZXK-2019-82', 'XZCF-2021-85']],
  ] as const)('%s of %j: %j', async (decision, about, clauses) => {
    const found = await packs.groundsOf(decision, about);
    expect(found).toMatchObject({ clauses, reason: null, pack: { id: 'national/superior-law', version: 2 } });
    for (const id of found.clauses) expect(found.pack?.clauses[id]?.quote).toMatch(/\p{Script=Han}{8}/u);
  });

  it.each([
    ['register-publication', { ...examination, on: '2019-05-14' }], ['qualification', { ...service, on: '2023-11-30' }], ['filing', { ...examination, on: '2024-03-01' }],
    ['cancellation', { ...service, on: '2024-03-01' }], ['suspension', { kinds: ['radiation-health-service'], on: '2024-03-01' }], ['circular', { on: '2024-03-01' }],
  ] as const)('%s of %j has no words in the law: that is said, with the law that was asked', async (decision, about) => {
    expect(await packs.groundsOf(decision, about)).toMatchObject({ clauses: [], reason: groundless.unknown, pack: { id: 'national/superior-law', version: 2 } });
  });

  it('a law that is not installed, holds elsewhere or cannot be read is no ground, and stops nothing', async () => {
    const folder = emptyFolder();
    const shelf = new Packs([folder], { lawsKnownFor: 0 });
    const none = { pack: null, clauses: [], reason: groundless.uninstalled };
    expect(await shelf.groundsOf('calendar', { on: '2024-03-01' })).toEqual(none);
    cpSync(join(builtInPacks, 'national/superior-law/2'), join(folder, 'national/superior-law/2'), { recursive: true });
    expect(await shelf.groundsOf('calendar', { on: '2024-03-01' })).toMatchObject({ clauses: ['XZXK-2019-82', 'XZCF-2021-85'] });
    cpSync(join(builtInPacks, 'national/superior-law/2'), join(folder, 'national/superior-law/3'), { recursive: true });
    writeFileSync(join(folder, 'national/superior-law/3/law.yaml'), 'acts: [');
    expect(await shelf.groundsOf('calendar', { on: '2024-03-01' })).toEqual(none);
  });

  it('law that says nothing of grounds says so; every decision may be asked for', async () => {
    const law = lawOf(await parsePack(lawFiles()))!;
    expect(groundedDecisions.map((decision) => groundsIn([law], decision, { on: '2024-03-01' }))).toEqual(groundedDecisions.map(() => undefined));
  });

  it('a ground must stand in an act of its law, and name its decisions', async () => {
    const files = lawFiles();
    files['law.yaml'] += 'grounds:\n  one: { title: 依据, decisions: [filing], clauses: [LAW-2020-99] }\n';
    await expect(parsePack(files)).rejects.toThrow('LAW-2020-99');
    files['law.yaml'] = files['law.yaml']!.replace('LAW-2020-99', 'LAW-2020-01').replace('[filing]', '[]');
    await expect(parsePack(files)).rejects.toThrow('grounds');
  });
});
