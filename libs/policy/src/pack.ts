import { campaignSchema, type Campaign } from './campaign.schema.js';
import { checklistSchema, type Checklist } from './checklist.schema.js';
import { type Cited, cited } from './cited.js';
import { parseDecisions, type DecisionTable } from './decision-table.js';
import { packHash } from './digest.js';
import { formSchema, type Form } from './form.schema.js';
import { unitWordOf } from './unit-word.js';
import { brokenLaw } from './law-references.js';
import { lawSchema, type Law } from './law.schema.js';
import type { LawBehind } from './law.js';
import { goldenSchema, type GoldenCase } from './golden.schema.js';
import { brokenReferences } from './references.js';
import { packSchema, type PackHead, type Parameters } from './pack.schema.js';
import { noRules, rulesSchema, type Rules } from './rules.schema.js';
import { PackError, parseFile, unreadable, type Problem } from './problem.js';

export interface PackRef { readonly id: string; readonly version: number; readonly hash: string }

/** A policy pack, read and internally consistent. Never changes once read. */
export interface Pack extends PackHead {
  readonly hash: string;
  readonly campaign: Campaign | undefined;
  readonly rules: Rules;
  readonly decisions: Readonly<Record<string, DecisionTable>>;
  readonly checklists: Readonly<Record<string, Checklist>>;
  readonly forms: Readonly<Record<string, Form>>;
  readonly golden: readonly GoldenCase[];
  /** The law a pack holds, where it holds law and is no document of its own. */
  readonly bounds?: Law;
  /** The law that stands behind this pack, by its name or because it holds everywhere. */
  readonly laws?: readonly LawBehind[];
  /** Law that should stand behind it and cannot be read. */
  readonly unreadLaws?: readonly UnreadLaw[];
  /** The pack this one stands under, already looked up where this one is silent. */
  readonly parent?: Pack;
  /** What this pack says itself; absent where it stands under no other. */
  readonly own?: Pack;
}

export interface UnreadLaw { readonly name: string; readonly message: string }
export interface LawsBehind { readonly laws: readonly LawBehind[]; readonly unread: readonly UnreadLaw[] }

/** What a pack says itself, without what it finds in its parent. */
export const ownOf = (pack: Pack): Pack => pack.own ?? pack;

const folders = { decisions: /^decisions\/[a-z0-9-]+\.dmn$/, checklists: /^checklists\/[a-z0-9-]+\.yaml$/, forms: /^forms\/[a-z0-9-]+\.json$/, tests: /^tests\/[a-z0-9-]+\.yaml$/ };

export interface ParseOptions {
  /** Gives the pack that another names as `under`. Throws PackError when there is none. */
  readonly parent?: (ref: string) => Promise<Pack>;
  /** Gives the law that stands behind a pack. Only what is checked is compared with it; without it nothing is. */
  readonly law?: (head: PackHead) => Promise<LawsBehind>;
}

/**
 * Reads a pack from the text of its files, keyed by path inside the pack's folder, and what it leaves to its parent.
 * Reads all files before it gives up: throws one PackError with every problem (file, path, Chinese sentence).
 */
export async function parsePack(files: Readonly<Record<string, string>>, { parent, law: behind }: ParseOptions = {}): Promise<Pack> {
  const faults: Problem[] = [];
  const tried = async <T>(file: string, read: (text: string) => T | Promise<T>): Promise<T | undefined> => {
    const text = files[file];
    if (text === undefined) return undefined;
    const refused = unreadable(text);
    if (refused) return void faults.push({ file, path: '', message: refused });
    try { return await read(text); } catch (error) {
      if (!(error instanceof PackError)) throw error;
      faults.push(...error.problems);
      return undefined;
    }
  };
  const origin = new Map<object, string>();
  const every = async <T extends object>(shape: RegExp, read: (file: string, text: string) => T[] | Promise<T[]>): Promise<T[]> => {
    const found = await Promise.all(Object.keys(files).filter((file) => shape.test(file)).sort().map(async (file) => {
      const items = (await tried(file, (text) => read(file, text))) ?? [];
      items.forEach((it) => origin.set(it, file));
      return items;
    }));
    return found.flat();
  };

  for (const file of Object.keys(files)) {
    const known = ['pack.yaml', 'campaign.yaml', 'rules.yaml', 'law.yaml'].includes(file) || Object.values(folders).some((shape) => shape.test(file));
    if (!known) faults.push({ file, path: '', message: '政策包中不应有这个文件' });
  }
  if (files['pack.yaml'] === undefined) faults.push({ file: 'pack.yaml', path: '', message: '缺少文件' });
  const head = await tried('pack.yaml', (text) => parseFile('pack.yaml', text, packSchema));
  const campaign = await tried('campaign.yaml', (text) => parseFile('campaign.yaml', text, campaignSchema));
  const rules = await tried('rules.yaml', (text) => parseFile('rules.yaml', text, rulesSchema));
  const law = await tried('law.yaml', (text) => parseFile('law.yaml', text, lawSchema));
  const tables = await every(folders.decisions, parseDecisions);
  const checklists = await every(folders.checklists, (file, text) => [parseFile(file, text, checklistSchema)]);
  const forms = await every(folders.forms, (file, text) => [parseFile(file, text, formSchema)]);
  const golden = await every(folders.tests, (file, text) => parseFile(file, text, goldenSchema).cases);
  if (!head || faults.length > 0) throw new PackError(faults);

  const own: Pack = {
    ...head, hash: packHash(files), campaign: campaign && { ...campaign, unitWord: campaign.unitWord ?? unitWordOf(campaign.units) }, rules: rules ?? noRules, golden, ...(law && { bounds: law }),
    decisions: keyed('decisions', tables, faults), checklists: keyed('checklists', checklists, faults), forms: keyed('forms', forms, faults),
  };
  const above = head.under === undefined ? undefined : await parentOf(head.under, parent, faults);
  const pack = above ? placedUnder(own, above, faults) : own;
  if (!head.under || above) faults.push(...brokenReferences(own, pack, (it) => origin.get(it) ?? ''), ...brokenLaw(own));
  if (faults.length > 0) throw new PackError(faults);
  return law || !behind ? pack : withLaws(pack, await behind(head));
}

/** The law behind a pack, and what stands behind the one above it. */
function withLaws(pack: Pack, { laws, unread }: LawsBehind): Pack {
  const all = new Map([...(pack.parent?.laws ?? []), ...laws].map((it) => [it.name, it]));
  return { ...pack, laws: [...all.values()], ...(unread.length > 0 && { unreadLaws: unread }) };
}

async function parentOf(ref: string, parent: ParseOptions['parent'], faults: Problem[]): Promise<Pack | undefined> {
  try {
    if (parent) return await parent(ref);
    faults.push({ file: 'pack.yaml', path: '/under', message: `没有上级政策包 ${ref}` });
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    faults.push(...error.problems.map(({ message }) => ({ file: 'pack.yaml', path: '/under', message: `上级政策包 ${ref}：${message}` })));
  }
  return undefined;
}

/** Section by section: what the pack says itself goes before what its parent says. Its stages are its own. */
function placedUnder(own: Pack, parent: Pack, faults: Problem[]): Pack {
  for (const id of Object.keys(own.clauses)) if (parent.clauses[id]) faults.push({ file: 'pack.yaml', path: `/clauses/${id}`, message: `上级政策包已有条款 ${id}` });
  const rules = Object.fromEntries(Object.entries(own.rules).map(([section, mine]) => [section, { ...parent.rules[section as keyof Rules], ...mine }])) as Rules;
  return {
    ...own, own, parent, rules,
    clauses: { ...parent.clauses, ...own.clauses }, readings: { ...parent.readings, ...own.readings }, parameters: { ...parent.parameters, ...own.parameters },
    decisions: { ...parent.decisions, ...own.decisions }, checklists: { ...parent.checklists, ...own.checklists }, forms: { ...parent.forms, ...own.forms },
    campaign: own.campaign && { ...own.campaign, agencies: { ...parent.campaign?.agencies, ...own.campaign.agencies } },
  };
}

function keyed<T extends { id: string }>(file: string, items: readonly T[], faults: Problem[]): Record<string, T> {
  const record: Record<string, T> = {};
  for (const item of items) {
    if (Object.hasOwn(record, item.id)) faults.push({ file, path: `/${item.id}`, message: `编号“${item.id}”重复` });
    record[item.id] = item;
  }
  return record;
}

export const packRef = ({ id, version, hash }: Pack): PackRef => ({ id, version, hash });
export const packName = ({ id, version }: Pick<PackRef, 'id' | 'version'>): string => `${id}@${version}`;

/** A clause with the words it quotes. Throws when the pack has no such clause: the reader has made sure of it. */
export function clause(pack: Pack, id: string): { id: string; quote: string } {
  const found = pack.clauses[id];
  if (!found) throw new Error(`政策包 ${packName(pack)} 中没有条款 ${id}`);
  return { id, quote: found.quote };
}

/** A parameter of the pack with its clauses, or undefined when the pack says nothing of it. */
export function parameter<K extends keyof Parameters>(pack: Pack, name: K): Cited<NonNullable<Parameters[K]>> | undefined {
  const value = pack.parameters[name];
  return value && cited(value, value.clauses);
}
