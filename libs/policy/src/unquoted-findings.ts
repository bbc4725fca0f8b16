import { addDays, type LocalDate } from '@zhijian/calendar';
import type { DueRule } from './due.schema.js';
import type { Finding } from './finding.js';
import type { Pack } from './pack.js';
import type { Rule } from './rules.schema.js';
import type { Bound } from './law.schema.js';
import { lawSections, type LawSection, type RuleSection } from './vocabulary.js';

/** A value that its words do not carry: a day or a number that stands neither in its wording nor in the clauses it cites. Where a reading fills what the text leaves out there are no words to hold it against. */
export function unquoted(pack: Pack): Finding[] {
  const stages = pack.campaign?.stages ?? [];
  const known: readonly (LocalDate | undefined)[] = [pack.document.issued, pack.inForce.from, pack.inForce.to]; // a window may open with the document
  const values: Said[] = [
    ...stages.map((stage) => ({ id: stage.id, title: stage.title, wording: stage.title, read: false, clauses: stage.clauses, also: [], says: [stage.opens, stage.closes].flatMap((edge) => (edge && 'on' in edge && !known.includes(edge.on) ? [dayWays(edge.on)] : [])) })),
    ...stages.flatMap((stage) => stage.duties.flatMap((duty) => duty.supersedes.map(({ on, wording }, i) => ({ id: `${duty.id}/supersedes/${i}`, title: duty.title, wording, read: false, clauses: duty.clauses, also: [], says: /\d/.test(wording) ? [dayWays(on)] : [] })))),
    ...stages.flatMap((stage) => stage.duties.map(({ id, title, due, clauses }) => ({ id, title, wording: due.wording, read: !!due.reading, clauses, also: stage.clauses, says: daysOf(due) }))),
    ...Object.entries(pack.rules).flatMap(([section, all]) => (Object.entries(all) as [string, Rule<RuleSection>][]).flatMap(([id, it]) => [
      { id: `${section}/${id}`, title: it.title, wording: it.wording, read: !!it.reading, clauses: it.clauses, also: [], says: numbersOf(it) },
      ...('variants' in it ? it.variants ?? [] : []).map((one, i) => ({ id: `${section}/${id}/${i}`, title: it.title, wording: one.wording, read: !!it.reading, clauses: one.clauses, also: it.clauses, says: numbersOf(one) })),
    ])),
    ...lawValues(pack),
  ];
  return values.flatMap(({ id, title, wording, read, clauses, also, says }): Finding[] => {
    const words = [wording, ...[...clauses, ...also].map((clause) => pack.clauses[clause]?.quote)].map((it) => (it ?? '').replace(/\s+/gu, ''));
    const lost = read && !wording ? [] : says.filter((ways) => !ways.some((way) => words.some((it) => way.test(it))));
    return lost.length > 0 ? [{ id: `unquoted:${id}`, kind: 'unquoted', severity: 'error', clauses, ...(wording && { quote: wording }), message: `“${title}”的取值在所引的原文中找不到` }] : [];
  });
}

/** Each value as the ways in which a text may write it. */
interface Said { id: string; title: string; wording: string | undefined; read: boolean; clauses: readonly string[]; also: readonly string[]; says: readonly (readonly RegExp[])[] }

/** The numbers of bounds, held against the clauses they cite. */
const lawValues = ({ bounds }: Pack): Said[] => lawSections.flatMap((section) => Object.entries(bounds?.[section] ?? {}).map(([id, it]: [string, Bound<LawSection>]) => ({
  id: `law/${section}/${id}`, title: it.title, wording: undefined, read: false, clauses: it.clauses, also: [],
  says: ['atMost' in it ? it.atMost : undefined, 'atLeast' in it ? it.atLeast : undefined].flatMap((one) => (typeof one === 'object' ? numbersOf(one) : one === undefined ? [] : numbersOf({ percent: one }))).concat('activity' in it ? numbersOf(it) : []),
})));

function daysOf(due: DueRule): RegExp[][] {
  if (due.kind === 'on' && 'byEndOf' in due && due.byEndOf) return [due.byEndOf.length === 4 ? [new RegExp(`${due.byEndOf}年`)] : [new RegExp(`(?<!\\d)${Number(due.byEndOf.slice(5))}月`)]];
  if (due.kind === 'on') return [dayWays(due.on)];
  return due.kind === 'after' ? numbersOf(due.after) : [];
}

/** “4月15”, “4月1日至15”, and “4月底” for its last day. */
function dayWays(on: LocalDate): RegExp[] {
  const [month, day] = [Number(on.slice(5, 7)), Number(on.slice(8))];
  return [new RegExp(`(?<!\\d)${month}月(?:\\d{1,2}日?[-—–至到、])?${day}(?!\\d)`), ...(isMonthEnd(on) ? [new RegExp(`(?<!\\d)${month}月底`)] : [])];
}

/** The numbers a rule asks for; one and none are often not written. */
function numbersOf(it: object): RegExp[][] {
  const asked = ['workingDays', 'days', 'months', 'years', 'times', 'percent', ...('activity' in it ? ['min'] : [])]; // the least of a sample is often ours
  const numbers = asked.flatMap((key) => (key in it ? [Number((it as Record<string, unknown>)[key])] : []));
  return numbers.filter((one) => one > 1).map((one) => [new RegExp(`(?<![\\d.])${one}(?![\\d.]*\\d)`), ...(chinese(one) ? [new RegExp(chinese(one))] : [])]);
}

const digits = '零一二三四五六七八九';
/** Whole numbers to 99 as Chinese writes them; two before a measure word is also 两. */
function chinese(one: number): string {
  if (!Number.isInteger(one) || one > 99) return '';
  const [ten, unit] = [Math.floor(one / 10), one % 10];
  const written = `${ten > 1 ? digits[ten] : ''}${ten > 0 ? '十' : ''}${unit > 0 ? digits[unit] : ''}`;
  return one === 2 ? '[二两]' : written;
}
const isMonthEnd = (on: LocalDate): boolean => addDays(on, 1).endsWith('-01');
