import { canonicalJson } from '@zhijian/audit';
import type { ColouredLine, ColourEntry } from '@zhijian/contracts/facts';
import type { publication } from '@zhijian/contracts/http';
import { packName, scaleOf, type Pack } from '@zhijian/policy';

type EntryContent = publication.EntryContent;

/** Who a result is of, as it is put up. No person, no contact. */
export interface ShownBody { creditCode: string; name: string; kind: string; invented: boolean }
/** What stood before: of the same year, and the last one of a year before. */
export interface Before { colour: string | null; lastYear: { year: number; colour: string } | null }

/** An id of a scale with its word in the pack; one that the scale does not know stands for itself. */
export const wordOf = (pack: Pack, scale: string, id: string): { id: string; title: string } => ({ id, title: scaleOf(pack, scale)?.value.values.find((it) => it.id === id)?.title ?? id });
const worded = (pack: Pack, scale: string, id: string | null) => (id === null ? null : wordOf(pack, scale, id));
const quotedIn = (pack: Pack, ids: readonly string[]) => ids.map((id) => ({ id, quote: pack.clauses[id]?.quote ?? '' }));

const ruleWords = (pack: Pack, rule: string | null): string | null => (rule === null ? null : (pack.decisions['colour']?.rules.find(({ id }) => id === rule)?.because ?? null));

const lineOf = (pack: Pack, it: ColouredLine): EntryContent['lines'][number] => ({
  line: it.line, score: it.score, served: it.served, result: it.result, grade: worded(pack, 'quality-grade', it.grade), level: worded(pack, 'comparison-level', it.level), colour: worded(pack, 'colour', it.colour),
  rule: it.rule, because: ruleWords(pack, it.rule), reason: it.reason, clauses: quotedIn(pack, it.clauses),
});

/**
 * What is put up of one body: its colour with everything it rests on in words, and what it was before. Only the clauses it
 * rests on are quoted; the document itself is never in it (CQ-2024-22).
 */
export function contentOf(pack: Pack, run: { year: number; basisYear: number }, entry: ColourEntry | null, before: Before): EntryContent {
  return {
    year: run.year, basisYear: run.basisYear, colour: worded(pack, 'colour', entry?.colour ?? null), before: worded(pack, 'colour', before.colour),
    lastYear: before.lastYear && { year: before.lastYear.year, colour: wordOf(pack, 'colour', before.lastYear.colour) },
    redYears: entry?.redYears ?? 0, combine: scaleOf(pack, 'colour')?.value.combine ?? null, lines: (entry?.lines ?? []).map((line) => lineOf(pack, line)), clauses: quotedIn(pack, entry?.clauses ?? []), pack: packName(pack),
  };
}

/** One body in a list, in canonical JSON: members in the order of their names, `content` canonical already. */
export const listedText = ({ creditCode, name, kind, invented }: ShownBody, content: string): string => `{"content":${content},${JSON.stringify({ creditCode, invented, kind, name }).slice(1)}`;

/** A whole list in canonical JSON, of a head and of bodies that are in canonical JSON already. */
export const listText = (head: Readonly<Record<string, unknown>>, listed: readonly string[]): string =>
  canonicalJson({ ...head, entries: [] }).replace('"entries":[]', () => `"entries":[${listed.join(',')}]`);

/** How a pack's document may be told of: named, and marked where it is given out on request only. Its text is never published here. */
export const documentOf = ({ document: { title, issuer, number, disclosure } }: Pack) => ({ title, issuer: issuer ?? null, number: number ?? null, onRequest: disclosure === 'on-request' });
