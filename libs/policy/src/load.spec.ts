import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builtInPacks, checkLock, loadPack, loadPending, Packs, writeLock } from './index.js';
import { testlandFiles } from './testland.fixture.js';

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'packs-')); });
afterEach(() => rmSync(root, { recursive: true }));

function install(version: number, change: (files: Record<string, string>) => void = () => {}): string {
  const folder = join(root, 'testland', 'campaign-2024', String(version));
  const files = testlandFiles();
  files['pack.yaml'] = (files['pack.yaml'] ?? '').replace('version: 1', `version: ${version}`);
  change(files);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('installed packs', () => {
  it('are asked for by name, by name and version, or by folder', async () => {
    const folder = install(1);
    install(2);
    const packs = new Packs([root]);
    expect((await packs.get('testland/campaign-2024')).version).toBe(2);
    expect((await packs.get('testland/campaign-2024@1')).version).toBe(1);
    expect((await packs.get(folder)).version).toBe(1);
    expect(packs.list().map((it) => it.version)).toEqual([1, 2]);
  });
  it('are found when they were installed after the start', async () => {
    install(1);
    const packs = new Packs([root]);
    await packs.get('testland/campaign-2024');
    await expect(packs.get('testland/campaign-2024@2')).rejects.toThrow('没有安装这个政策包');
    install(2);
    expect((await packs.get('testland/campaign-2024@2')).version).toBe(2);
    expect((await packs.get('testland/campaign-2024')).version).toBe(2);
  });
  it('are looked for in several folders; the first that has a version gives it', async () => {
    install(1);
    expect(new Packs([root, builtInPacks, join(root, 'absent')]).list().map((it) => it.id)).toEqual(expect.arrayContaining(['testland/campaign-2024', 'hangzhou/exam-campaign-2023']));
  });
  it.each(['../secrets', 'testland', 'testland/campaign-2024@0', 'Testland/x', ''])('“%s” is no name of a pack', async (ref) => {
    await expect(new Packs([root]).get(ref)).rejects.toThrow('政策包应写成');
  });
  it('a pack that calls itself otherwise than its folder is refused', async () => {
    install(3, (files) => { files['pack.yaml'] = (files['pack.yaml'] ?? '').replace('version: 3', 'version: 4'); });
    await expect(new Packs([root]).get('testland/campaign-2024@3')).rejects.toThrow('却放在');
  });
  it('a link in a pack is refused, whatever it leads to', async () => {
    symlinkSync('/etc', join(install(1), 'decisions', 'out.dmn'));
    await expect(new Packs([root]).get('testland/campaign-2024')).rejects.toThrow('不允许链接');
  });
  it('a file that is no UTF-8 is refused', async () => {
    writeFileSync(join(install(1), 'campaign.yaml'), Buffer.from([0xb2, 0xe2, 0xca, 0xd4]));
    await expect(new Packs([root]).get('testland/campaign-2024')).rejects.toThrow('文件不是 UTF-8 文本');
  });
});

describe('a published version', () => {
  it('is locked by its content, and refused once changed', async () => {
    const folder = install(1);
    expect(await checkLock(root)).toEqual({ ok: false, changed: [], unlocked: ['testland/campaign-2024@1'], gone: [] });
    expect(await writeLock(root)).toEqual(['testland/campaign-2024@1']);
    expect(await checkLock(root)).toMatchObject({ ok: true });
    expect((await new Packs([root]).get('testland/campaign-2024')).hash).toBe((await loadPack(folder)).hash);
    install(1, (files) => { files['campaign.yaml'] += '# later\n'; });
    expect(await checkLock(root)).toMatchObject({ ok: false, changed: ['testland/campaign-2024@1'] });
    await expect(new Packs([root]).get('testland/campaign-2024')).rejects.toThrow('已发布的版本被改动');
  });
  it('is not locked anew by writing the lock again', async () => {
    install(1);
    await writeLock(root);
    install(1, (files) => { files['campaign.yaml'] += '# later\n'; });
    expect(await writeLock(root)).toEqual([]);
    expect(await checkLock(root)).toMatchObject({ ok: false });
  });
  it('of the packs in this repository is as its lock says', async () => {
    expect(await checkLock()).toEqual({ ok: true, changed: [], unlocked: [], gone: [] });
  });
});

it('the list of pending clauses of this repository can be read', () => expect(loadPending()).toEqual(expect.any(Array)));
