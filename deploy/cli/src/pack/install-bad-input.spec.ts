import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPacks } from '@zhijian/policy';
import { ask } from '../asked.fixture.js';

const id = 'hangzhou/exam-campaign-2023';
/** A folder of its own, away from the sources: a pack, the shelf it would be put on, and what else a test needs. */
function ground(): { folder: string; shelf: string; root: string } {
  const root = mkdtempSync(join(tmpdir(), 'zhijian-install-'));
  const folder = join(root, 'new', 'my-pack');
  cpSync(join(builtInPacks, id, '1'), folder, { recursive: true });
  return { folder, shelf: join(root, 'shelf'), root };
}
const install = (folder: string, shelf: string) => ask(['pack', 'install', folder, '--json'], { env: { POLICY_DIR: shelf } });
const everything = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []);
const change = (folder: string, file: string, from: string | RegExp, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`nothing to change in ${file}`);
  writeFileSync(join(folder, file), changed);
};

describe('pack install, given bad input,', () => {
  it.each<[string, string, (folder: string, root: string) => void]>([
    ['YAML that is broken', 'pack.yaml', (folder) => appendFileSync(join(folder, 'pack.yaml'), 'x: [\n')],
    ['a huge YAML', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '#'.repeat(1_000_001))],
    ['aliases that multiply', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n')],
    ['external entities', 'decisions/case-filing.dmn', (folder) => change(folder, 'decisions/case-filing.dmn', '<definitions', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions')],
    ['a source outside of its folder', 'pack.yaml', (folder) => change(folder, 'pack.yaml', /source: .*\.txt/, 'source: ../../../etc/passwd')],
    ['an id that leads elsewhere', 'pack.yaml', (folder) => change(folder, 'pack.yaml', `id: ${id}`, 'id: ../../elsewhere')],
    ['a link to a file', 'decisions/x.dmn', (folder, root) => { writeFileSync(join(root, 'x.dmn'), ''); symlinkSync(join(root, 'x.dmn'), join(folder, 'decisions', 'x.dmn')); }],
    ['a link to a folder', 'checklists', (folder, root) => { cpSync(join(folder, 'checklists'), join(root, 'lists'), { recursive: true }); rmSync(join(folder, 'checklists'), { recursive: true }); symlinkSync(join(root, 'lists'), join(folder, 'checklists')); }],
    ['NUL bytes', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '# \u0000\n')],
    ['bytes that are no UTF-8', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), Buffer.from([0xb2, 0xe2]))],
    ['a file that does not belong', 'scripts/run.js', (folder) => { mkdirSync(join(folder, 'scripts')); writeFileSync(join(folder, 'scripts', 'run.js'), 'process.exit()'); }],
    ['a hit policy that hides contradictions', 'decisions/case-filing.dmn', (folder) => change(folder, 'decisions/case-filing.dmn', /hitPolicy="\w+"/, 'hitPolicy="FIRST"')],
  ])('refuses %s, names the file, and installs nothing', async (_, file, damage) => {
    const { folder, shelf, root } = ground();
    damage(folder, root);
    const { code, json } = await install(folder, shelf);
    expect(code).toBe(1);
    expect(json.findings.map((it) => it.id)).toContainEqual(expect.stringContaining(`schema:${file}`));
    expect(JSON.stringify(json.findings)).toMatch(/\p{Script=Han}/u);
    expect(everything(shelf)).toEqual([]);
    expect(existsSync(join(root, 'elsewhere'))).toBe(false);
  });
});
