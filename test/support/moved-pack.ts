import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { theSystem } from './system.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A document that is played again: its month `month` falls on this one. */
export interface Printed { readonly pack: string; readonly source: string; readonly year: number; readonly month: number }
/** Hangzhou's April, when self-check and enforcement overlap. */
export const examination: Printed = { pack: 'hangzhou/exam-campaign-2023', source: 'hangzhou-2023-exam-campaign.txt', year: 2023, month: 4 };

/** A text with its printed days and months, in digits or in Chinese, moved by as many months as bring its printed month onto this one; a day its month does not have becomes the last. */
export function moved(text: string, today: string, { year: from, month: first }: Printed = examination): string {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const by = (year - from) * 12 + month - first;
  const on = (printedMonth: number) => { const at = from * 12 + printedMonth - 1 + by; return { year: Math.floor(at / 12), month: (at % 12) + 1 }; };
  const day = (printedMonth: number, printedDay: number) => { const it = on(printedMonth); return Math.min(printedDay, new Date(Date.UTC(it.year, it.month, 0)).getUTCDate()); };
  const words = (printedMonth: number) => `${on(printedMonth).year}年${on(printedMonth).month}月`;
  const all = (pattern: string) => new RegExp(pattern, 'g');
  return text
    .replaceAll(all(String.raw`(?<![\w-])${from}-(\d\d)(?:-(\d\d))?(?![\w-])`), (_, m: string, d?: string) => [on(Number(m)).year, String(on(Number(m)).month).padStart(2, '0'), ...(d ? [String(day(Number(m), Number(d))).padStart(2, '0')] : [])].join('-'))
    .replaceAll(all(String.raw`${from}年(\d+)—(\d+)月`), (_, begin: string, end: string) => `${words(Number(begin))}—${words(Number(end))}`)
    .replaceAll(all(String.raw`${from}年(\d+)月(\d+)日-(\d+)月(\d+)日`), (_, m: string, d: string, last: string, on: string) => `${words(Number(m))}${day(Number(m), Number(d))}日-${words(Number(last))}${day(Number(last), Number(on))}日`)
    .replaceAll(all(String.raw`${from}年(\d+)月(\d+)日`), (_, m: string, d: string) => `${words(Number(m))}${day(Number(m), Number(d))}日`)
    .replaceAll(all(String.raw`${from}年(\d+)月(?!\d)`), (_, m: string) => words(Number(m)))
    .replaceAll(/(?<!\d|年)(\d+)月(\d+)(日?前)/g, (_, m: string, d: string, before: string) => `${on(Number(m)).month}月${day(Number(m), Number(d))}${before}`);
}

/** A version of a pack by a document's words: `instead` says what it prints in place of what is printed there, in the source and in every file. */
export interface Laid { id: string; title: string; version: number; printed?: Printed; instead?: readonly (readonly [printed: string, now: string])[] }

/** Lays a pack down as an officer would, with its days around today, and installs it by the command line. */
export async function installMoved(today: string, { id, title, version, printed = examination, instead = [] }: Laid): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'moved-pack-'));
  const pack = join(folder, id, String(version));
  const file = `${id.replace('/', '-')}-${version}.txt`;
  const said = (text: string): string => moved(instead.reduce((words, [before, now]) => words.replaceAll(before, now), text), today, printed);
  mkdirSync(join(folder, 'sources'), { recursive: true });
  cpSync(join(root, 'libs/policy/packs', printed.pack, '1'), pack, { recursive: true });
  rmSync(join(pack, 'tests'), { recursive: true });
  const source = said(readFileSync(join(root, 'libs/policy/sources', printed.source), 'utf8'));
  writeFileSync(join(folder, 'sources', file), source);
  for (const found of readdirSync(pack, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())) {
    const path = join(found.parentPath, found.name);
    writeFileSync(path, said(readFileSync(path, 'utf8')));
  }
  const head = join(pack, 'pack.yaml');
  writeFileSync(head, readFileSync(head, 'utf8')
    .replace(/^id: .*$/m, `id: ${id}`).replace(/^version: .*$/m, `version: ${version}`).replace(/^title: .*$/m, `title: ${title}`).replace(said(printed.source), file)
    .replace(/sourceSha256: .*/, `sourceSha256: ${createHash('sha256').update(source).digest('hex')}`).replace(/^(inForce: \{ from: [\d-]+), to: [\d-]+/m, '$1'));
  await promisify(execFile)(process.execPath, [join(root, 'deploy/cli/bin.mjs'), 'pack', 'install', pack], { env: { ...process.env, POLICY_DIR: join(theSystem().dir, 'packs'), ZHIJIAN_DATA: theSystem().dir } });
  rmSync(folder, { recursive: true });
}
