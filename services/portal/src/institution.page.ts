import { day, groupedCode, moment } from '@zhijian/web/format';
import { institutionWord } from '@zhijian/web/words';
import { stateWord } from './home.page.js';
import { html, type Markup } from './html.js';
import type { PublicInstitution } from './institution.queries.js';
import { inventedLabel } from './page.js';

const list = (items: readonly string[]): Markup => (items.length ? html`<ul>${items.map((it) => html`<li>${it}</li>`)}</ul>` : html`无`);
const fact = (name: string, value: Markup | string): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** What is public of one institution. */
export function institution(it: PublicInstitution): Markup {
  return html`<article>
<h1>${it.name}${it.invented ? inventedLabel : null}</h1>
${it.invented ? html`<p class="note">本机构为演示虚构，不对应任何真实单位。</p>` : null}
<p>${stateWord(it)}</p>
<h2>基础信息</h2>
<dl class="facts">${fact('统一社会信用代码', html`<code>${groupedCode(it.creditCode)}</code>`)}${fact('机构类别', institutionWord(it.kind))}${fact('所在区划', it.jurisdiction)}${fact('地址', it.address)}</dl>
<h2>备案</h2>
<dl class="facts">${fact('备案日期', day(it.filedOn))}${it.filingClosedOn ? fact('注销日期', it.filingClosedOn) : null}${fact('外出体检', it.outreach ? '是' : '否')}${fact('检查类别', list(it.categories))}${fact('检查项目', list(it.items))}</dl>
<p class="soft">公布时间 ${moment(it.publishedAt)}　<a href="/public/v1/institutions/${encodeURIComponent(it.creditCode)}">数据（JSON）</a></p>
<p><a href="/">返回查询</a></p>
</article>`;
}
