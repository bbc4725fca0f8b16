import { institutionWord, lineEndWords, lineSuspensionWords, registrationWords, registrationWordsOf } from '@zhijian/web/words';
import { html, type Markup } from './html.js';
import type { PublicInstitution } from './published.queries.js';
import type { Qualification } from './qualification.js';

export const stateWords: Record<Qualification['state'], string> = { 'in-force': '有效', expired: '有效期已届满', suspended: '已暂停', ...lineEndWords };

const held = (words: string): Markup => html`<span class="state good"><span aria-hidden="true">✓</span> ${words}</span>`;
const over = (words: string): Markup => html`<span class="state off"><span aria-hidden="true">－</span> ${words}</span>`;
const chipOf = (state: Qualification['state']): Markup => (state === 'in-force' ? held : over)(stateWords[state]);

type Standing = Pick<PublicInstitution, 'kind' | 'filedOn' | 'filingClosedOn' | 'qualifications'>;
/** A filing stands on the page by itself; where it rests or is over, the qualification of its kind among the others says so. */
export const filingRests = ({ kind, qualifications }: Pick<Standing, 'kind' | 'qualifications'>): Qualification | undefined => qualifications.find((it) => it.kind === kind && it.state !== 'in-force');
/** Whether something entitles it now: a filing that stands, or a qualification in force. */
export const isEntitled = ({ kind, filedOn, filingClosedOn, qualifications }: Standing): boolean => (filedOn !== null && filingClosedOn === null && !filingRests({ kind, qualifications })) || qualifications.some(({ state }) => state === 'in-force');

/** Whether it is filed or qualified; of a body of which neither was ever published nothing is said. */
export function stateWord({ kind, filedOn, filingClosedOn, qualifications }: Standing): Markup | null {
  const filing = filingClosedOn ? over(`${registrationWords(kind).title}已注销`) : filedOn === null ? null : held(registrationWords(kind).held);
  const rests = filing !== null && !filingClosedOn ? filingRests({ kind, qualifications }) : undefined;
  if (filing && !filingClosedOn && !rests) return filing;
  const standing = qualifications.filter(({ state }) => state === 'in-force');
  const own = rests ? over(`${registrationWords(kind).title}${stateWords[rests.state]}`) : filing;
  if (standing.length) return html`${own}${held(registrationWordsOf(standing.map((it) => it.kind)).held)}`;
  const [last] = qualifications;
  return own ?? (last ? over(`${registrationWords(last.kind).title}${stateWords[last.state]}`) : null);
}

const list = (items: readonly string[]): Markup | string => (items.length ? html`<ul>${items.map((it) => html`<li>${it}</li>`)}</ul>` : '未登记');
/** The name of the place, or its code where the directory has no such place. */
export const issuerWord = ({ issuer }: Pick<Qualification, 'issuer'>): string => (issuer ? (issuer.name ?? `区划 ${issuer.code}`) : '未登记');
const termWord = ({ from, to }: Qualification): string => (from === null && to === null ? '未登记' : `${from ?? '起始日未登记'} 至 ${to ?? '截止日未登记'}`);

/** What it covers; of a filing that is suspended the page says it where the filing stands. */
function scopeOf(it: Qualification): [string, Markup | string][] {
  const words = registrationWords(it.kind);
  return it.suspended && it.categories.length + it.items.length === 0 ? [] : [[words.categories, list(it.categories)], [words.items, list(it.items)]];
}

function one(it: Qualification): Markup {
  const words = registrationWords(it.kind);
  const rows: [string, Markup | string][] = [[words.number, it.number ?? '未登记'], [words.title === '备案' ? '备案机关所在地' : '发证机关所在地', issuerWord(it)], ['有效期', termWord(it)], ...(it.suspended ? [['暂停', `自 ${it.suspended.from} 起，${lineSuspensionWords[it.suspended.how]}；依据：${it.suspended.basis}`] as [string, string]] : []), ...scopeOf(it)];
  return html`<section class="line"><h3>${institutionWord(it.kind)} ${chipOf(it.state)}</h3><dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

/** What was granted line by line: state, who granted it, for how long and for what. */
export const qualifications = ({ qualifications: all }: Pick<PublicInstitution, 'qualifications'>): Markup | null => (all.length ? html`<h2>各项资质</h2>${all.map(one)}` : null);
