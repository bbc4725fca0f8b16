import { day, wan } from '@zhijian/web/format';
import { penaltyEndWords, sanctionWords } from '@zhijian/web/words';
import { html, type Markup } from './html.js';
import { inventedLabel } from './page.js';
import type { PublicInstitution, PublicPenalty } from './published.queries.js';

/** `罚款 1.5 万元`. */
export const sanctionWord = ({ kind, fen }: PublicPenalty['sanctions'][number]): string => `${sanctionWords[kind]}${fen === null ? '' : ` ${wan(fen)} 万元`}`;

const law = '《中华人民共和国行政处罚法》第四十八条';
type Row = readonly [string, Markup | string];
const facts = (rows: readonly Row[]): Markup => html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** One decision: what was published of it; of one that was taken back which it was, and why. */
function one(it: PublicPenalty, party: Markup | null): Markup {
  const decided: Row[] = [['作出决定的机关', it.authority], ['决定日期', day(it.decidedOn)]];
  if (it.withdrawn) {
    const { ground, changedOn, document, reason } = it.withdrawn;
    return html`<section class="line"><h3>${it.number} <span class="state off"><span aria-hidden="true">－</span> 已撤回</span></h3>
${facts([...decided, ['撤回原因', `原决定于 ${changedOn} ${penaltyEndWords[ground]}（${document}）`], ['撤回理由', reason], ['撤回日期', day(it.publishedOn)]])}</section>`;
  }
  const who: Row[] = party ? [['当事人', party]] : [];
  return html`<section class="line"><h3>${it.number}</h3>
${facts([...who, ['处罚依据', it.basis ?? ''], ['处罚结果', it.sanctions.map(sanctionWord).join('；')], ...decided, ['公开日期', day(it.publishedOn)]])}</section>`;
}

/** What was published of penalties of a body; nothing is said where nothing was. */
export const penalties = ({ penalties: all }: { penalties: readonly PublicPenalty[] }): Markup | null => (all.length ? html`<h2>行政处罚决定</h2><p class="soft">依${law}公开具有一定社会影响的决定，不是全部处罚的记录。</p>${all.map((it) => one(it, null))}` : null);

/** The party with its page, where it has one; the name of a person stands as it was let out. */
const partyOf = ({ party, creditCode, invented }: PublicPenalty, hasPage: (creditCode: PublicInstitution['creditCode']) => boolean): Markup =>
  html`${creditCode && hasPage(creditCode) ? html`<a href="/i/${encodeURIComponent(creditCode)}">${party}</a>` : party}${invented ? inventedLabel : null}`;

/** The published decisions, page by page: of bodies, and of people and practices that no register knows. */
export const penaltyList = ({ items, next }: { items: readonly PublicPenalty[]; next: string | null }, hasPage: (creditCode: string) => boolean): Markup => html`<h1>行政处罚决定公开</h1>
<p class="note">依${law}公开具有一定社会影响的行政处罚决定。自然人的姓名只显示姓。决定被变更、撤销、确认违法或者确认无效的，撤回信息并说明理由。</p>
${items.length ? items.map((it) => one(it, partyOf(it, hasPage))) : html`<p>没有公开的行政处罚决定。</p>`}
${next ? html`<p><a class="more" rel="next" href="/penalties?${new URLSearchParams({ cursor: next }).toString()}">下一页</a></p>` : null}
<p class="soft"><a href="/public/v1/penalties">数据（JSON）</a>　<a href="/public/v1/penalties.csv">数据（CSV）</a></p>`;
