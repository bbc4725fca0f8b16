import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { byCodePoint } from './digest.js';
import { groundless, groundsIn, type About, type Grounds } from './grounds.js';
import { lawOf } from './law.js';
import { packName, parsePack, type LawsBehind, type Pack, type ParseOptions } from './pack.js';
import type { PackHead } from './pack.schema.js';
import { PackError, parseFile, readText as parseText } from './problem.js';
import type { Pending } from './trace.js';
import { clauseId, wholeNation, type GroundedDecision } from './vocabulary.js';

/** The only file of this room that touches the disk. */
export const builtInPacks = fileURLToPath(new URL('../packs', import.meta.url));
export const builtInSources = fileURLToPath(new URL('../sources', import.meta.url));

const mostFiles = 200;
const mostBytes = 1_000_000;

/** Reads the pack in a folder. Follows no link out of it. Throws PackError with file, path and a Chinese sentence. */
export async function loadPack(folder: string, options: ParseOptions = builtInParent): Promise<Pack> {
  return parsePack(readFiles(folder), options);
}

/** The texts of a pack's folder, by their paths in it. Throws PackError. */
export function readFiles(folder: string): Record<string, string> {
  if (!isFolder(folder)) throw new PackError([{ file: folder, path: '', message: '没有这个文件夹' }]);
  const paths = filesUnder(folder);
  if (paths.length > mostFiles) throw new PackError([{ file: folder, path: '', message: `文件超过 ${mostFiles} 个` }]);
  return Object.fromEntries(paths.map((path) => [path, readText(folder, path)]));
}

/** Where no other shelf is given, a parent is looked up among the built-in packs. */
const builtInParent: ParseOptions = { parent: (ref) => new Packs().get(ref), law: (head) => new Packs().lawsBehind(head) };

function filesUnder(folder: string, inside = ''): string[] {
  return readdirSync(join(folder, inside)).filter((name) => !name.startsWith('.')).sort(byCodePoint).flatMap((name) => {
    const path = inside ? `${inside}/${name}` : name;
    const it = lstatSync(join(folder, path));
    if (it.isSymbolicLink()) throw new PackError([{ file: path, path: '', message: '政策包中不允许链接' }]);
    if (it.isDirectory()) return filesUnder(folder, path);
    if (!it.isFile()) throw new PackError([{ file: path, path: '', message: '政策包中只能有普通文件' }]);
    if (it.size > mostBytes) throw new PackError([{ file: path, path: '', message: '文件超过 1 MB' }]);
    return [path];
  });
}

function readText(folder: string, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(readFileSync(join(folder, path)));
  } catch {
    throw new PackError([{ file: path, path: '', message: '文件不是 UTF-8 文本' }]);
  }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();
const reference = /^([a-z][a-z0-9-]*\/[a-z][a-z0-9-]*)(?:@([1-9]\d{0,5}))?$/;

/** The packs under some folders, `<folder>/<place>/<plan>/<version>/`. A pack once read is kept; a name not yet known is looked up on disk. */
export class Packs {
  private readonly read = new Map<string, Promise<Pack>>();
  private lawsSeen = { names: '', at: -Infinity };
  private nation: Promise<LawsBehind> | undefined;

  /** @param settings `lawsKnownFor`: how long it is relied on that no law was installed, in milliseconds */
  constructor(private readonly folders: readonly string[] = [builtInPacks], private readonly settings: { readonly lawsKnownFor: number } = { lawsKnownFor: 5_000 }) {}

  /**
   * Gives `place/plan@version`, or the latest version of `place/plan`, or the pack of a folder. Finds what was installed
   * a moment ago. Throws PackError when there is none, when it cannot be read, or when a published version was changed.
   */
  async get(ref: string): Promise<Pack> {
    const [, id, version] = reference.exec(ref) ?? [];
    if (!id) return this.byFolder(ref);
    this.readAnewBehindNewLaw();
    const known = version && this.read.get(ref); // a version never changes: no need to look on disk again
    if (known) return known;
    const found = this.all().filter((it) => it.id === id && (!version || it.version === Number(version))).at(-1);
    if (!found) throw new PackError([{ file: ref, path: '', message: '没有安装这个政策包' }]);
    return this.at(found);
  }

  /** The documents that are installed, by id and version, the latest version of each last. The first folder that has a version gives it. */
  list(): InstalledPack[] {
    return this.all().filter((it) => !holdsLaw(it));
  }

  /** The law that is installed, in the same order: what stands behind documents, and is none. */
  laws(): InstalledPack[] {
    return this.all().filter(holdsLaw);
  }

  /** The law behind a pack: what it names, and the latest version of what holds in the whole nation. What cannot be read is named, so that a check can say so. */
  async lawsBehind({ law: named = [] }: Pick<PackHead, 'law'>): Promise<LawsBehind> {
    const latest = new Map(this.laws().map((it) => [it.id, packName(it)]));
    const asked = new Map([...latest].map(([id, name]) => [id, { name, everywhere: true }]));
    for (const ref of named) asked.set(ref.split('@')[0] ?? ref, { name: ref, everywhere: false });
    const read = await Promise.all([...asked.values()].map(async ({ name, everywhere }) => {
      try {
        const pack = await this.get(name);
        const law = lawOf(pack);
        if (!law) return { unread: { name, message: '不是上位法，没有 law.yaml' } };
        return everywhere && pack.jurisdiction !== wholeNation ? {} : { law };
      } catch (error) {
        if (!(error instanceof PackError)) throw error;
        return { unread: { name, message: error.problems[0]?.message ?? error.message } };
      }
    }));
    return { laws: read.flatMap(({ law }) => law ?? []), unread: read.flatMap(({ unread }) => unread ?? []) };
  }

  /**
   * On which clauses of the nation's law a decision rests that no document of a campaign orders. Where the law holds no words
   * for it on that day, the law that was asked and the reason; a law that cannot be read stops no decision.
   */
  async groundsOf(decision: GroundedDecision, about: About): Promise<Grounds> {
    this.readAnewBehindNewLaw();
    const { laws, unread } = await (this.nation ??= this.lawsBehind({}));
    if (unread.length > 0) this.nation = undefined; // it may be mended
    const found = groundsIn(laws, decision, about);
    const [asked] = laws;
    if (!asked) return { pack: null, clauses: [], reason: groundless.uninstalled };
    return { pack: await this.get(found?.name ?? asked.name), clauses: found?.clauses ?? [], reason: found ? null : groundless.unknown };
  }

  private all(): InstalledPack[] {
    const found = new Map<string, InstalledPack>();
    for (const root of this.folders) for (const it of packsUnder(root)) if (!found.has(packName(it))) found.set(packName(it), it);
    return [...found.values()].sort((a, b) => byCodePoint(a.id, b.id) || a.version - b.version);
  }

  private byFolder(ref: string): Promise<Pack> {
    if (existsSync(join(ref, 'pack.yaml'))) return loadPack(ref, this.parents);
    throw new PackError([{ file: ref, path: '', message: '政策包应写成 place/plan、place/plan@version，或给出它的文件夹' }]);
  }

  /** A law installed a moment ago stands behind what was read before it: that is read anew. Looked at every few seconds. */
  private readAnewBehindNewLaw(): void {
    if (performance.now() - this.lawsSeen.at < this.settings.lawsKnownFor) return;
    const names = this.laws().map(packName).join(' ');
    if (this.lawsSeen.names !== names) {
      this.read.clear();
      this.nation = undefined;
    }
    this.lawsSeen = { names, at: performance.now() };
  }

  /** For a pack that is not on the shelf, and stands under one that is or has law behind it. */
  readonly parents: ParseOptions = { parent: (ref) => this.get(ref), law: (head) => this.lawsBehind(head) };

  private at(it: InstalledPack): Promise<Pack> {
    const name = packName(it);
    const known = this.read.get(name) ?? this.checked(it);
    this.read.set(name, known);
    known.catch(() => this.read.delete(name)); // a pack mended on disk may be asked for again
    return known;
  }

  private async checked(it: InstalledPack): Promise<Pack> {
    this.refuseCycle(it);
    return readChecked(it, this.parents);
  }

  /** Follows `under` by the heads alone, so that two packs never wait for each other. */
  private refuseCycle(it: InstalledPack): void {
    const seen = [packName(it)];
    for (let at: InstalledPack | undefined = it; at;) {
      const ref = underOf(at.folder);
      if (ref !== undefined && seen.includes(ref)) throw new PackError([{ file: 'pack.yaml', path: '/under', message: `上级政策包循环：${[...seen, ref].join(' → ')}` }]);
      at = this.all().find((one) => packName(one) === ref);
      if (at) seen.push(packName(at));
    }
  }
}

const holdsLaw = ({ folder }: InstalledPack): boolean => existsSync(join(folder, 'law.yaml'));

export interface InstalledPack { readonly id: string; readonly version: number; readonly folder: string; readonly root: string }

function packsUnder(root: string): InstalledPack[] {
  const inside = (path: string) => (isFolder(path) ? readdirSync(path, { withFileTypes: true }).filter((it) => !it.name.startsWith('.') && it.isDirectory()).map(({ name }) => name) : []); // no links
  return inside(root).flatMap((place) => inside(join(root, place)).flatMap((plan) => inside(join(root, place, plan))
    .filter((version) => /^[1-9]\d{0,5}$/.test(version))
    .map((version) => ({ id: `${place}/${plan}`, version: Number(version), folder: join(root, place, plan, version), root }))));
}

/** What a pack names as its parent; nothing where its head cannot be read, which the reading of it will say. */
function underOf(folder: string): string | undefined {
  try {
    const head = parseText('pack.yaml', readText(folder, 'pack.yaml'));
    return typeof head === 'object' && head !== null && 'under' in head && typeof head.under === 'string' ? head.under : undefined;
  } catch (error) {
    if (error instanceof PackError) return undefined;
    throw error;
  }
}

async function readChecked(it: InstalledPack, parents: ParseOptions): Promise<Pack> {
  const pack = await loadPack(it.folder, parents);
  if (pack.id !== it.id || pack.version !== it.version) throw new PackError([{ file: 'pack.yaml', path: '/id', message: `政策包自称 ${packName(pack)}，却放在 ${packName(it)} 的文件夹中` }]);
  const locked = readLock(it.root)[packName(it)];
  if (locked && locked !== pack.hash) throw new PackError([{ file: it.folder.split(sep).slice(-3).join('/'), path: '', message: '已发布的版本被改动：与 versions.lock 记载的摘要不符，请另出新版本' }]);
  return pack;
}

const lockFile = (root: string): string => join(root, 'versions.lock');

function readLock(root: string): Record<string, string> {
  if (!existsSync(lockFile(root))) return {};
  const lines = readFileSync(lockFile(root), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
}

/** Every pack of a folder against its lock: what was changed, what is not locked yet, what is locked and gone. */
export async function checkLock(root: string = builtInPacks): Promise<{ ok: boolean; changed: string[]; unlocked: string[]; gone: string[] }> {
  const lock = readLock(root);
  const { parents } = new Packs([root, builtInPacks]);
  const packs = await Promise.all(packsUnder(root).map(async (it) => [packName(it), (await loadPack(it.folder, parents)).hash] as const));
  const changed = packs.filter(([name, hash]) => lock[name] && lock[name] !== hash).map(([name]) => name);
  const unlocked = packs.filter(([name]) => !lock[name]).map(([name]) => name);
  const gone = Object.keys(lock).filter((name) => !packs.some(([it]) => it === name));
  return { ok: changed.length + unlocked.length + gone.length === 0, changed, unlocked, gone };
}

/** Adds the packs that are not locked yet. Never changes a line: a published version is never edited. */
export async function writeLock(root: string = builtInPacks): Promise<string[]> {
  const lock = readLock(root);
  const added = packsUnder(root).filter((it) => !lock[packName(it)]);
  const { parents } = new Packs([root, builtInPacks]);
  for (const it of added) lock[packName(it)] = (await loadPack(it.folder, parents)).hash;
  const lines = Object.keys(lock).sort(byCodePoint).map((name) => `${name} ${lock[name]}\n`);
  writeFileSync(lockFile(root), `# Content hashes of published pack versions. A published version is never edited; a correction is the next version.\n${lines.join('')}`);
  return added.map(packName);
}

/** The source text of a pack: beside the built-in sources, or in a folder given. Throws PackError when it is not there. */
export function readSource(pack: Pick<Pack, 'document'>, folders: readonly string[] = [builtInSources]): string {
  const folder = folders.find((it) => existsSync(join(it, pack.document.source)));
  if (!folder) throw new PackError([{ file: 'pack.yaml', path: '/document/source', message: `没有来源文件 ${pack.document.source}` }]);
  return readText(folder, pack.document.source);
}

/** The clauses that wait for a later issue: `packs/pending.yaml`. */
export function loadPending(root: string = builtInPacks): Pending[] {
  const file = join(root, 'pending.yaml');
  if (!existsSync(file)) return [];
  return parseFile('pending.yaml', readFileSync(file, 'utf8'), z.strictObject({ pending: z.array(z.strictObject({ clause: clauseId, area: z.string().min(1) })) })).pending;
}

/** Titles of the tests in spec and journey files under some folders that carry a clause id in brackets. */
export function testTitles(folders: readonly string[]): string[] {
  const title = /(['"`])((?:(?!\1).)*\[[A-Z]{2,4}-\d{4}-\d{2,3}\](?:(?!\1).)*)\1/g;
  return folders.filter(isFolder).flatMap((folder) => testFiles(folder).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(title)].map((match) => match[2] ?? '')));
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
    const path = join(folder, it.name);
    if (it.isDirectory()) return ['node_modules', 'dist'].includes(it.name) || it.name.startsWith('.') ? [] : testFiles(path);
    return /\.(spec|int-spec|workflow\.spec|journey|browser)\.ts$/.test(it.name) ? [path] : [];
  });
}
