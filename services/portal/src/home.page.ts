import { count, groupedCode, moment } from '@zhijian/web/format';
import { institutionWord } from '@zhijian/web/words';
import { colourOf } from './colour.part.js';
import { html, type Markup } from './html.js';
import { countdown } from './notice.page.js';
import { inventedLabel } from './page.js';
import type { PublicInstitution, PublicNotice } from './published.queries.js';
import { stateWord } from './qualification.part.js';

export interface Found { items: readonly PublicInstitution[]; next: string | null }

const running = (notices: readonly PublicNotice[]): Markup | null => (notices.length ? html`<h2>正在公示</h2><ul class="plain">${notices.map((it) => html`<li><a href="/notices/${it.noticeId}">${it.title}</a> ${countdown(it)}</li>`)}</ul>` : null);

/** The first page: what is here, in three numbers, and what is up for objection. */
export function home({ all, filed, publishedAt }: { all: number; filed: number; publishedAt: string | null }, notices: readonly PublicNotice[]): Markup {
  if (!all) return html`<h1>机构查询</h1><p class="empty">尚未公布机构信息。卫生健康部门公布后，即可在此按名称或统一社会信用代码查询。</p>`;
  return html`<h1>机构查询</h1>
<p>输入机构名称中的任意两个字，或统一社会信用代码的前几位，查询机构备案或资质的范围、分色结果及其依据。</p>
<dl class="numbers"><div><dt>已公布机构</dt><dd>${count(all)}</dd></div><div><dt>备案或资质有效</dt><dd>${count(filed)}</dd></div><div><dt>最近更新</dt><dd>${moment(publishedAt)}</dd></div></dl>
${running(notices)}`;
}

const line = (it: PublicInstitution): Markup => html`<li>
<h2><a href="/i/${encodeURIComponent(it.creditCode)}">${it.name}</a>${it.invented ? inventedLabel : null}</h2>
<p><code>${groupedCode(it.creditCode)}</code></p>
<p>${stateWord(it)} ${colourOf(it)} ${institutionWord(it.kind)}</p>
<p class="soft">${it.address}</p>
</li>`;

/** The list of what was found; the next page is a link. */
export function results(q: string, { items, next }: Found, first: boolean): Markup {
  const more = next ? html`<p><a class="more" rel="next" href="/?${new URLSearchParams({ q, cursor: next }).toString()}">下一页</a></p>` : null;
  return html`<h1>“${q}”的查询结果</h1><p class="soft">${first ? (next ? `列出前 ${items.length} 家` : `共 ${items.length} 家`) : `续列 ${items.length} 家`}</p><ol class="results">${items.map(line)}</ol>${more}`;
}

export const tooShort = (): Markup => html`<section class="trouble" role="alert"><h1>请至少输入两个字</h1><p>例如机构名称中的两个字，或统一社会信用代码的前几位。</p></section>`;

export const noneFound = (): Markup => html`<h1>没有找到</h1><p class="empty">已公布的机构中没有名称含有所输文字、或代码以此开头的。请减少字数，或核对统一社会信用代码（18 位）；未备案、未取得资质的机构不在此列。</p>`;
