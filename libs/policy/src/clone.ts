import { addYears, isLocalDate } from '@zhijian/calendar';
import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Document, type Scalar } from 'yaml';
import { byCodePoint } from './digest.js';
import { PackError } from './problem.js';

/** A date that a draft has taken from an older pack; nobody has confirmed it yet. */
export interface Shifted { readonly file: string; readonly path: string; readonly was: string; readonly now: string; readonly clauses: readonly string[] }
export interface Clone { readonly id: string; readonly files: Readonly<Record<string, string>>; readonly shifted: readonly Shifted[] }

type Path = readonly string[];

/** A word or a number of a text; anything else is nothing. */
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Where a date is the plan's own. Dates of the law, of agencies, of decisions taken and words of the text stay as they are. */
const planned: readonly [file: RegExp, path: RegExp][] = [
  [/^pack\.yaml$/, /^(inForce|parameters|allows)\//], [/^campaign\.yaml$/, /^stages\//], [/^rules\.yaml$/, /^targets\/[^/]+\/period\//], [/^forms\//, /^period\//],
];

/**
 * A draft for a later year: the plan's own dates move by as many years, each marked in its line and listed under `draft`
 * in pack.yaml, where the check reports it until an officer has confirmed it and taken it off the list. Clauses, quotes
 * and readings are kept as they are: they are those of the old text. Golden cases about dates move along.
 * Takes the files of a pack that can be read and its name, and dates by their place (`campaign.yaml/stages/…`) that stand in place of the
 * moved ones; throws PackError when the year is no other.
 */
export function clonePack(files: Readonly<Record<string, string>>, { year, from, dates = {} }: { readonly year: number; readonly from: string; readonly dates?: Readonly<Record<string, string>> }): Clone {
  const head = parseDocument(files['pack.yaml'] ?? '');
  const base = Number(text(head.getIn(['inForce', 'from'])).slice(0, 4));
  const years = year - base;
  if (years === 0) throw new PackError([{ file: 'pack.yaml', path: '/inForce/from', message: `${from} 已经是 ${year} 年的政策包` }]);
  const id = idFor(text(head.get('id')), base, year);
  const shifted: Shifted[] = [];
  const cloned: Record<string, string> = {};
  for (const file of Object.keys(files).sort(byCodePoint)) {
    const content = files[file] ?? '';
    if (/\.(yaml|json)$/.test(file)) {
      const edits = editsOf(file, parseDocument(content), years, dates);
      shifted.push(...edits.flatMap(({ shift }) => (shift.file.startsWith('tests/') ? [] : [shift])));
      cloned[file] = edited(content, edits, file.endsWith('.yaml'));
    } else cloned[file] = content;
  }
  cloned['pack.yaml'] = `${headed(cloned['pack.yaml'] ?? '', id, String(base), String(year)).trimEnd()}\n\n${draft(from, shifted)}`;
  return { id, files: cloned, shifted };
}

/** `place/plan-2023` becomes `place/plan-2024`; a name without its year gets one. */
const idFor = (id: string, base: number, year: number): string => (id.includes(String(base)) ? id.replace(String(base), String(year)) : `${id}-${year}`);

interface Edit { readonly start: number; readonly end: number; readonly shift: Shifted }

function editsOf(file: string, document: Document.Parsed, years: number, dates: Readonly<Record<string, string>>): Edit[] {
  const edits: Edit[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value === 'boolean' || node.value === null || !node.range) return;
      const path = pathOf(ancestors, node);
      const now = concerns(file, path, ancestors) ? later(text(node.value), path.at(-1) ?? '', years) : undefined;
      if (now !== undefined) edits.push({ start: node.range[0], end: node.range[1], shift: { file, path: `/${path.join('/')}`, was: text(node.value), now: dates[`${file}/${path.join('/')}`] ?? now, clauses: clausesAbove(ancestors) } });
    },
  });
  return edits;
}

function concerns(file: string, path: Path, ancestors: readonly unknown[]): boolean {
  const at = path.join('/');
  if (/^tests\//.test(file)) return /^cases\/[^/]+\/expect\//.test(at) && ancestors.some((it) => isMap(it) && aboutDates(text(it.get('rule')), it.items.map(({ key }) => String(key))));
  return planned.some(([files, paths]) => files.test(file) && paths.test(at));
}

/** Golden cases about what moves: stages, duties, parameters, the period of a form or of a target. */
const aboutDates = (rule: string, fields: readonly string[]): boolean => rule.startsWith('targets/') || fields.some((field) => ['stage', 'duty', 'parameter', 'form'].includes(field));

/** The same day, month or year so many years later; undefined for what is no date. A 29 February becomes the 28th. */
function later(was: string, key: string, years: number): string | undefined {
  if (isLocalDate(was)) return addYears(was, years);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(was)) return `${Number(was.slice(0, 4)) + years}${was.slice(4)}`;
  return /^\d{4}$/.test(was) && ['year', 'byEndOf'].includes(key) ? String(Number(was) + years) : undefined;
}

/** Keys and ids from the root to a value. */
function pathOf(ancestors: readonly unknown[], node: Scalar): string[] {
  return [...ancestors, node].flatMap((it, at, chain): string[] => {
    if (isPair(it) && isScalar(it.key)) return [text(it.key.value)];
    const above = chain[at - 1];
    if (!isSeq(above)) return [];
    const id: unknown = isMap(it) ? (it.get('id') ?? it.get('code') ?? it.get('title') ?? it.get('what')) : undefined;
    return [typeof id === 'string' ? id.replaceAll('/', ' ') : String(above.items.indexOf(it))];
  });
}

function clausesAbove(ancestors: readonly unknown[]): string[] {
  for (const it of ancestors.toReversed()) {
    const clauses: unknown = isMap(it) ? it.get('clauses') : undefined;
    if (isSeq(clauses)) return clauses.items.map((item) => text(isScalar(item) ? item.value : undefined));
  }
  return [];
}

/** Puts the new dates in place of the old ones and says in the line what they were; the rest of the text is left alone. */
function edited(content: string, edits: readonly Edit[], mayComment: boolean): string {
  let out = content;
  for (const { start, end, shift } of edits.toSorted((a, b) => b.start - a.start)) out = out.slice(0, start) + out.slice(start, end).replace(shift.was, shift.now) + out.slice(end);
  if (!mayComment) return out;
  const lines = out.split('\n');
  for (const [line, those] of Map.groupBy(edits, ({ start }) => content.slice(0, start).split('\n').length - 1)) {
    const note = `待确认：原为 ${those.map(({ shift }) => shift.was).join('、')}`;
    lines[line] = `${lines[line] ?? ''}${/(^|\s)#/.test(lines[line] ?? '') ? '；' : '  # '}${note}`;
  }
  return lines.join('\n');
}

/** The head under its new name, as a first version. */
function headed(content: string, id: string, base: string, year: string): string {
  const document = parseDocument(content);
  const values: [string, string][] = [['id', id], ['version', '1'], ['title', text(document.get('title')).replaceAll(base, year)]];
  const nodes = values.flatMap(([key, value]) => {
    const node = document.get(key, true);
    return isScalar(node) && node.range ? [{ start: node.range[0], end: node.range[1], value }] : [];
  });
  return nodes.toSorted((a, b) => b.start - a.start).reduce((out, { start, end, value }) => out.slice(0, start) + value + out.slice(end), content);
}

const draft = (from: string, shifted: readonly Shifted[]): string => [
  '# 由较早的政策包生成的草稿。逐项核对：改成新文件的日期，或确认不变，然后从 unconfirmed 中删去；',
  '# 换上新文件的来源、条款和引文以后，删去整个 draft。', 'draft:', `  from: ${from}`,
  ...(shifted.length === 0 ? ['  unconfirmed: []'] : ['  unconfirmed:']),
  ...shifted.map(({ file, path, was, now, clauses }) => `    - { path: '${file}${path}', was: '${was}', now: '${now}', clauses: [${clauses.join(', ')}] }`), '',
].join('\n');
