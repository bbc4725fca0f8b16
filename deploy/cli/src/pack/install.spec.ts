import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { builtInPacks, builtInSources, Packs } from '@zhijian/policy';
import { ask, emptyFolder } from '../asked.fixture.js';

jest.setTimeout(60_000); // each answer checks a whole pack

const hangzhou = 'hangzhou/exam-campaign-2023';
const source = 'hangzhou-2023-exam-campaign.txt';
const shelf = () => ({ POLICY_DIR: join(emptyFolder(), 'packs') });

/** A copy of the built-in pack in a folder of its own, changed. */
function copied(...changes: [file: string, from: string, to: string][]): string {
  const folder = join(emptyFolder(), 'my-pack');
  cpSync(join(builtInPacks, hangzhou, '1'), folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replaceAll(from, to));
  }
  return folder;
}
const second = (...changes: [string, string, string][]) => copied(['pack.yaml', 'version: 1', 'version: 2'], ...changes);

describe('pack install', () => {
  it('installs whole, once, and never replaces a version', async () => {
    const env = shelf();
    const folder = second();
    const first = await ask(`pack install ${folder} --json`, { env });
    expect({ code: first.code, new: first.json.new }).toEqual({ code: 0, new: true });
    expect(readdirSync(join(env.POLICY_DIR, hangzhou))).toEqual(['2']);
    expect((await ask(`pack install ${folder} --json`, { env })).json.new).toBe(false);
    appendFileSync(join(folder, 'pack.yaml'), '# another\n');
    const other = await ask(`pack install ${folder} --json`, { env });
    expect({ code: other.code, reason: other.json.reason }).toEqual({ code: 1, reason: 'version-installed' });
    expect(readFileSync(join(env.POLICY_DIR, hangzhou, '2/pack.yaml'), 'utf8')).not.toContain('# another');
  });

  it('installs law too: it stands behind what is checked from then on', async () => {
    const env = shelf();
    const folder = join(emptyFolder(), 'law');
    cpSync(join(builtInPacks, 'national/superior-law/2'), folder, { recursive: true });
    const change = (file: string, from: string, to: string) => { writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to)); };
    change('pack.yaml', 'version: 2', 'version: 3');
    change('law.yaml', 'names: [certificate-levels]\n    equals: 2\n    severity: warning', 'names: [certificate-levels]\n    equals: 2\n    severity: error');
    expect((await ask('pack check guizhou/reform-2021 --json', { env })).code).toBe(0);
    expect(await ask(`pack install ${folder} --json`, { env })).toMatchObject({ code: 0, json: { installed: 'national/superior-law@3', new: true } });
    expect((await ask(`pack install ${folder} --json`, { env })).json.new).toBe(false);
    const { code, json } = await ask('pack check guizhou/reform-2021 --json', { env });
    expect({ code, errors: json.findings.filter(({ severity }) => severity === 'error').map(({ id }) => id) }).toEqual({ code: 1, errors: ['against-law:values/certificate-levels:certificate-levels-until-2023'] });
    expect(await ask('pack diff national/superior-law@2 national/superior-law@3 --json', { env })).toMatchObject({ json: { differences: [{ path: '/bounds/values/certificate-levels-until-2023/severity', old: 'warning', new: 'error', clauses: ['ZYWS-2020-05'] }] } });
  });

  it('is known at once to who has the shelf open, with its source, readable by other users', async () => {
    const env = shelf();
    const packs = new Packs([env.POLICY_DIR]); // as every service has one
    await expect(packs.get(`${hangzhou}@2`)).rejects.toThrow('没有安装');
    await ask(`pack install ${second()}`, { env });
    expect(await packs.get(hangzhou)).toMatchObject({ version: 2 });
    expect(statSync(join(env.POLICY_DIR, hangzhou, '2')).mode & 0o055).toBe(0o055);
    expect(readFileSync(join(env.POLICY_DIR, 'sources', source), 'utf8')).toBe(readFileSync(join(builtInSources, source), 'utf8'));
  });

  it('a pack changed on disk after it was installed is refused by whoever reads it', async () => {
    const env = shelf();
    await ask(`pack install ${second()}`, { env });
    appendFileSync(join(env.POLICY_DIR, hangzhou, '2/campaign.yaml'), '# later\n');
    await expect(new Packs([env.POLICY_DIR]).get(hangzhou)).rejects.toThrow('已发布的版本被改动');
  });

  it('two at once install one whole pack, and leave no draft', async () => {
    const env = shelf();
    const folder = second();
    const told = await Promise.all(Array.from({ length: 4 }, () => ask(`pack install ${folder} --json`, { env })));
    expect(told.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect([readdirSync(join(env.POLICY_DIR, hangzhou)), readdirSync(join(env.POLICY_DIR, 'sources'))]).toEqual([['2'], [source]]);
    expect(readFileSync(join(env.POLICY_DIR, 'versions.lock'), 'utf8')).toMatch(/^hangzhou\/exam-campaign-2023@2 [0-9a-f]{64}$/m);
  });

  it('does not replace a version that comes with the house, nor a source of another text', async () => {
    const env = shelf();
    const other = await ask(`pack install ${copied(['campaign.yaml', 'title: 自查报告', 'title: 自查报告书'])} --json`, { env });
    expect({ code: other.code, reason: other.json.reason }).toEqual({ code: 1, reason: 'version-installed' });
    mkdirSync(join(env.POLICY_DIR, 'sources'), { recursive: true });
    writeFileSync(join(env.POLICY_DIR, 'sources', source), '另一份文件');
    const answer = await ask(`pack install ${second()} --json`, { env });
    expect({ code: answer.code, reason: answer.json.reason }).toEqual({ code: 1, reason: 'source-differs' });
    expect(existsSync(join(env.POLICY_DIR, hangzhou))).toBe(false);
  });

  it.each([
    ['an id that leaves the shelf', () => copied(['pack.yaml', `id: ${hangzhou}`, 'id: ../../elsewhere/plan']), 'pack.yaml/id'],
    ['a source that leaves its folder', () => copied(['pack.yaml', source, '../../../etc/passwd']), 'pack.yaml/document/source'],
    ['a link inside', () => { const folder = second(); symlinkSync('/etc/passwd', join(folder, 'tests/more.yaml')); return folder; }, 'tests/more.yaml'],
    ['a linked folder inside', () => { const folder = second(); symlinkSync('..', join(folder, 'lists')); return folder; }, 'lists'],
    ['a file that belongs in no pack', () => { const folder = second(); writeFileSync(join(folder, 'run.sh'), 'echo'); return folder; }, 'run.sh'],
    ['a pack that is not complete', () => { const folder = join(emptyFolder(), 'broken'); mkdirSync(folder); writeFileSync(join(folder, 'pack.yaml'), 'id: x\n'); return folder; }, 'pack.yaml'],
  ])('refuses %s by name, and installs nothing', async (_what, make, where) => {
    const env = shelf();
    const { code, json } = await ask(['pack', 'install', make(), '--json'], { env });
    expect(code).toBe(1);
    expect(json.findings.map(({ id }) => id).join()).toContain(`schema:${where}`);
    expect(existsSync(env.POLICY_DIR)).toBe(false);
  });

  it('refuses a link to a folder and a folder without a pack', async () => {
    const link = join(emptyFolder(), 'link');
    symlinkSync(second(), link);
    expect(await ask(`pack install ${link}`, { env: shelf() })).toMatchObject({ code: 2, err: expect.stringContaining('是链接') });
    expect((await ask(`pack install ${emptyFolder()}`, { env: shelf() })).code).toBe(2);
  });
});
