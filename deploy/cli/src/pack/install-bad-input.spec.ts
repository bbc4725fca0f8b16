import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPacks } from '@zhijian/policy';
import { ask } from '../asked.fixture.js';

const id = 'hangzhou/exam-campaign-2023';
/** A pack in a folder of its own, and the shelf it would be put on. */
function ground(): { folder: string; shelf: string } {
  const root = mkdtempSync(join(tmpdir(), 'zhijian-install-'));
  const folder = join(root, 'new', 'my-pack');
  cpSync(join(builtInPacks, id, '1'), folder, { recursive: true });
  return { folder, shelf: join(root, 'shelf') };
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
  it.each<[string, string, (folder: string) => void]>([
    ['YAML that is broken', 'pack.yaml', (folder) => appendFileSync(join(folder, 'pack.yaml'), 'x: [\n')],
    ['a huge YAML', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '#'.repeat(1_000_001))],
    ['aliases that multiply', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n')],
    ['external entities', 'decisions/case-filing.dmn', (folder) => change(folder, 'decisions/case-filing.dmn', '<definitions', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions')],
    ['NUL bytes', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), '# \u0000\n')],
    ['bytes that are no UTF-8', 'campaign.yaml', (folder) => appendFileSync(join(folder, 'campaign.yaml'), Buffer.from([0xb2, 0xe2]))],
    ['a hit policy that hides contradictions', 'decisions/case-filing.dmn', (folder) => change(folder, 'decisions/case-filing.dmn', /hitPolicy="\w+"/, 'hitPolicy="FIRST"')],
  ])('refuses %s, names the file, and installs nothing', async (_, file, damage) => {
    const { folder, shelf } = ground();
    damage(folder);
    const { code, json } = await install(folder, shelf);
    expect(code).toBe(1);
    expect(json.findings.map((it) => it.id)).toContainEqual(expect.stringContaining(`schema:${file}`));
    expect(JSON.stringify(json.findings)).toMatch(/\p{Script=Han}/u);
    expect(everything(shelf)).toEqual([]);
  });
});
