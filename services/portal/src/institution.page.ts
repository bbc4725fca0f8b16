import { day, groupedCode, moment } from '@zhijian/web/format';
import { institutionWord, registrationWords } from '@zhijian/web/words';
import { chip, colourOf, reasonOf, years } from './colour.part.js';
import { html, type Markup } from './html.js';
import { entryState } from './notice.page.js';
import { inventedLabel } from './page.js';
import { penalties } from './penalty.part.js';
import type { InFull } from './published.queries.js';
import { qualifications, stateWord } from './qualification.part.js';

const list = (items: readonly string[]): Markup => (items.length ? html`<ul>${items.map((it) => html`<li>${it}</li>`)}</ul>` : html`无`);
const fact = (name: string, value: Markup | string): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const registration = (it: InFull): Markup | null => {
  if (it.filedOn === null) return null;
  const words = registrationWords(it.kind);
  return html`<h2>${words.title}</h2>
<dl class="facts">${fact(words.since, day(it.filedOn))}${it.filingClosedOn ? fact(words.ended, it.filingClosedOn) : null}${words.outreach ? fact(words.outreach, it.outreach ? '是' : '否') : null}${fact(words.categories, list(it.categories))}${fact(words.items, list(it.items))}</dl>`;
};

const notices = ({ notices: all }: InFull): Markup | null => (all.length ? html`<h2>公示与异议</h2><ul class="plain">${all.map((it) => html`<li><a href="/notices/${it.noticeId}">${it.title}</a>
<span class="soft">公示期 ${it.postedOn} 次日至 ${it.lastDay} 24:00</span> ${entryState(it.entry, it.state)}
${it.entry.content ? html`<div class="earlier"><p>公示的结果（尚未公开，可能改动）：${it.entry.content.colour ? chip(it.entry.content.colour) : '撤下颜色'}</p>${reasonOf(it.entry.content, '公示')}</div>` : null}</li>`)}</ul>` : null);

/** What is public of one institution; `asOf`: as it stood at the end of that day. */
export function institution(it: InFull, asOf: string | null): Markup {
  const data = `/public/v1/institutions/${encodeURIComponent(it.creditCode)}${asOf ? `?asOf=${asOf}` : ''}`;
  return html`<article>
<h1>${it.name}${it.invented ? inventedLabel : null}</h1>
${asOf ? html`<p class="note" role="status">以下是截至 ${asOf} 24:00 公布的内容。<a href="/i/${encodeURIComponent(it.creditCode)}">看现在的内容</a></p>` : null}
${it.invented ? html`<p class="note">本机构为演示虚构，不对应任何真实单位。</p>` : null}
<p>${stateWord(it)} ${colourOf(it)}</p>
<h2>基础信息</h2>
<dl class="facts">${fact('统一社会信用代码', html`<code>${groupedCode(it.creditCode)}</code>`)}${fact('机构类别', institutionWord(it.kind))}${fact('所在区划', it.jurisdiction)}${it.address ? fact('地址', it.address) : null}</dl>
${registration(it)}
${qualifications(it)}
<h2>分色结果</h2>
${years(it.colours)}
${penalties(it)}
${notices(it)}
<form class="as-of" action="/i/${encodeURIComponent(it.creditCode)}" method="get"><label for="asOf">查看某日公布的内容</label><div><input id="asOf" name="asOf" type="date" value="${asOf ?? ''}"><button type="submit">查看</button></div></form>
<p class="soft">公布时间 ${moment(it.publishedAt)}　<a href="${data}">数据（JSON）</a></p>
<p class="qr"><img src="/i/${encodeURIComponent(it.creditCode)}/qr.svg" width="120" height="120" alt="本页的二维码"><span class="soft">扫码打开本页</span></p>
<p><a href="/">返回查询</a></p>
</article>`;
}
