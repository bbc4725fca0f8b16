import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipped, zipped, type Manifest, type ManifestSignature } from '@zhijian/audit/bundle';
import { ask } from '../asked.fixture.js';

const stored = fileURLToPath(new URL('../../../../workflows/histories/bundles/hangzhou-unit.2026-11.zjb', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'zhijian-verify-'));
const home = mkdtempSync(join(tmpdir(), 'zhijian-home-'));
let keyId: string;
let installation: string;

/** Everything below a folder, with what would tell that it was written to. */
const listing = (of: string) => [of, ...readdirSync(of, { recursive: true, encoding: 'utf8' }).map((path) => join(of, path))].map((path) => { const { size, mtimeMs } = statSync(path); return { path, size, mtimeMs }; });
const everything = () => [...listing(folder), ...listing(home)];

interface Verdict { ok: boolean; checks: { name: string; ok: boolean }[]; firstDivergence: { check: string; where: string; message: string } | null }
const asked = (args: string[]) => ask(['audit', 'verify', ...args], { cwd: folder, env: { HOME: home, ZHIJIAN_DATA: join(home, 'data') } });
/** Asks on a machine that has this home, whose data folder need not exist; says also whether anything was written. */
async function verified(...args: string[]): Promise<Verdict & { code: number; wrote: boolean }> {
  const before = everything();
  const { code, json } = await asked([...args, '--json']);
  return { ...(json as unknown as Verdict), code, wrote: JSON.stringify(before) !== JSON.stringify(everything()) };
}
/** What is not looked at is told to a person in the same words. */
async function refused(...args: string[]) {
  const { code, wrote, ...verdict } = await verified(...args);
  expect((await asked(args)).out).toContain(verdict.firstDivergence!.message);
  return { code, wrote, verdict };
}
const inFolder = (name: string, bytes: Buffer): string => { writeFileSync(join(folder, name), bytes); return name; };

const answer = (checks: Verdict['checks'], check: string, message: RegExp) => ({ code: 1, wrote: false, verdict: { ok: false, checks, firstDivergence: { check, where: '', message: expect.stringMatching(message) } } });

beforeAll(async () => {
  const files = await unzipped(readFileSync(stored));
  keyId = (JSON.parse(files.get('manifest.sig')!.toString()) as ManifestSignature).keyId;
  installation = (JSON.parse(files.get('manifest.json')!.toString()) as Manifest).installation;
  copyFileSync(stored, join(folder, 'case.zjb'));
  const name = 'packs/' + 'a'.repeat(64) + '.json';
  const outside = (await zipped(new Map([...files, [name, Buffer.from('{}')]]))).toString('latin1').replaceAll(name, `../${'a'.repeat(name.length - 3)}`);
  inFolder('outside.zjb', Buffer.from(outside, 'latin1'));
  inFolder('cut.zjb', readFileSync(stored).subarray(0, 10_000));
  inFolder('large.zjb', Buffer.alloc(0));
  truncateSync(join(folder, 'large.zjb'), 64_000_001); // takes no room on the disk
});
afterAll(() => { for (const one of [folder, home]) rmSync(one, { recursive: true, force: true }); });

describe('audit verify looks no further, says why, and writes nothing', () => {
  it.each<[string, string, RegExp]>([
    ['larger than any of ours', 'large.zjb', /^文件超过 64 MB，不是核验包，未作任何核验$/],
    ['truncated', 'cut.zjb', /^文件残缺或不是压缩包，未作任何核验$/],
    ['with a path that leads outside of it', 'outside.zjb', /^压缩包内的路径.*指向包外.*未作任何核验$/],
  ])('at a file %s', async (_what, file, message) => {
    expect(await refused(file, '--key', keyId)).toEqual(answer([{ name: 'file', ok: false }], 'file', message));
  });

  it('at a bundle of another installation, and names it', async () => {
    expect(await refused('case.zjb', '--key', keyId, '--installation', 'elsewhere')).toEqual(answer([{ name: 'file', ok: true }, { name: 'installation', ok: false }], 'installation', new RegExp(`另一套系统 ${installation}，不是 elsewhere，未作任何核验$`)));
  });

  it('at a bundle of which no key is known here: names its key and what to do', async () => {
    expect(await refused('case.zjb')).toEqual(answer([{ name: 'key', ok: false }], 'key', new RegExp(`^核验包由密钥 ${keyId} 签名，没有可信的密钥可以比对，未作任何核验；请将它与门户 /public/v1/log/head 公布的日志密钥（key）逐字比对，一致后再用 --key 给出$`)));
  });

  it('at a bundle signed by another key than the one given, and names it', async () => {
    expect(await refused('case.zjb', '--key', '0'.repeat(64))).toEqual(answer([{ name: 'file', ok: true }, { name: 'signature', ok: false }], 'signature', new RegExp(`未知的密钥 ${keyId} 签名，未作任何核验$`)));
  });
});

describe('audit verify verifies all of it, and writes nothing', () => {
  it('given its key', async () => {
    const { code, wrote, ok, checks } = await verified('case.zjb', '--key', keyId);
    expect({ code, wrote, ok, failed: checks.filter((one) => !one.ok) }).toEqual({ code: 0, wrote: false, ok: true, failed: [] });
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['file', 'signature', 'hashes', 'log', 'history', 'replay', 'journal']));
  }, 120_000);

  it('on a machine that has exported from there', async () => {
    mkdirSync(join(home, 'data'));
    writeFileSync(join(home, 'data', 'audit-keys.json'), JSON.stringify(['0'.repeat(64), keyId]));
    const { code, wrote, ok } = await verified('case.zjb');
    expect({ code, wrote, ok }).toEqual({ code: 0, wrote: false, ok: true });
  }, 120_000);
});
