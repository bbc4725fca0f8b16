import { count, moment } from '@zhijian/web/format';
import { institutionWord } from '@zhijian/web/words';
import { chip } from './colour.part.js';
import { html, type Markup } from './html.js';
import { inventedLabel } from './page.js';
import type { PublicEntry, PublicNotice } from './published.queries.js';

type Snapshot = { seq: number; kind: 'notice' | 'publication' | 'withdrawal'; takenAt: string; entries: number; sha256: string };

const reasons: Record<PublicNotice['because'], string> = { run: '年度结果', objection: '因异议改动，另行公示', correction: '更正公示' };

/** How much time is left, in words: a running notice counts down. */
export function countdown({ state, daysLeft, workingDaysLeft, lastDay }: Pick<PublicNotice, 'state' | 'daysLeft' | 'workingDaysLeft' | 'lastDay'>): Markup {
  if (state === 'withdrawn') return html`<span class="state off"><span aria-hidden="true">－</span> 已撤回</span>`;
  if (daysLeft !== null) return html`<span class="state warn"><span aria-hidden="true">○</span> 公示中，还有 ${daysLeft} 天（${workingDaysLeft ?? 0} 个工作日），至 ${lastDay} 24:00</span>`;
  return state === 'settled' ? html`<span class="state good"><span aria-hidden="true">✓</span> 已结束并公开</span>` : html`<span class="state good"><span aria-hidden="true">✓</span> 公示期已满</span>`;
}

/** Where one body's result stands: the words of an objection are nobody's here, only that there is one. */
export function entryState({ state, objection, outcome }: Pick<PublicEntry, 'state' | 'objection' | 'outcome'>, notice: string): Markup {
  if (state === 'published') return html`<span class="state good"><span aria-hidden="true">✓</span> 已公开</span>`;
  if (state === 'superseded') return html`<span class="state off"><span aria-hidden="true">－</span> 结果已改动，另行公示</span>`;
  if (objection === 'open') return html`<span class="state warn"><span aria-hidden="true">◐</span> 有异议，正在办理</span>`;
  if (objection === 'answered' && outcome === 'to-be-changed') return html`<span class="state warn"><span aria-hidden="true">◐</span> 异议成立，正在更正</span>`;
  return notice === 'posted' ? html`<span class="state"><span aria-hidden="true">○</span> 公示中</span>` : html`<span class="state"><span aria-hidden="true">○</span> 待公开</span>`;
}

/** The notices that were posted: running ones first. */
export function noticeList(notices: readonly PublicNotice[]): Markup {
  const rows = notices.map((it) => html`<li><h2><a href="/notices/${it.noticeId}">${it.title}</a></h2><p>${countdown(it)}</p>
<p class="soft">${reasons[it.because]}；${count(it.entries)} 家；${it.postedOn} 发布</p></li>`);
  return html`<h1>公示专栏</h1>
<p>结果先行公示，公示期满、无未处理异议的，再予公开。公示不是公开：公示期内的结果可能改动。</p>
${howToObject}
${rows.length ? html`<ol class="results">${rows}</ol>` : html`<p class="empty">目前没有公示。发布公示后，在此列出公示的机构、结果和剩余天数。</p>`}`;
}

const howToObject = html`<section class="note"><h2>如何提出异议</h2><p>公示期内，被公示的机构对本机构的结果有异议的，可以登录业务系统提出，也可以向发布公示的卫生健康部门递交书面材料，写明理由并附证明。有异议的暂缓公开，其他机构照常；因异议改动的，重新公示足期。</p></section>`;

const item = (it: PublicEntry, notice: PublicNotice): Markup => html`<tr><td data-title="机构"><a href="/i/${encodeURIComponent(it.creditCode)}">${it.name}</a>${it.invented ? inventedLabel : null}</td><td data-title="类别">${institutionWord(it.kind)}</td>
<td data-title="结果">${it.content.colour ? chip(it.content.colour) : '撤下颜色'}</td><td data-title="此前">${it.content.before ? html`原为${chip(it.content.before)}` : it.content.lastYear ? html`${it.content.lastYear.year} 年度${chip(it.content.lastYear.colour)}` : '无'}</td><td data-title="情况">${entryState(it, notice.state)}</td></tr>`;

const kinds: Record<Snapshot['kind'], string> = { notice: '公示', publication: '公开', withdrawal: '撤下' };

/** One notice: its period, what it stands on, every body in it, and the hashes of what stood there. */
export function notice(it: PublicNotice, items: readonly PublicEntry[], snapshots: readonly Snapshot[]): Markup {
  const withdrawn = it.state === 'withdrawn';
  return html`<article><h1>${it.title}</h1>
<p>${countdown(it)}</p>
${withdrawn ? html`<p class="note">这次公示已于 ${moment(it.withdrawnAt)} 撤回，所列结果不再有效。理由：${it.withdrawnReason}</p>` : null}
${it.explanation ? html`<p class="note">${it.because === 'correction' ? '更正说明' : '改动说明'}：${it.explanation}</p>` : null}
<dl class="facts"><div><dt>公示期</dt><dd>${it.postedOn} 发布，自次日起，至 ${it.lastDay} 24:00</dd></div><div><dt>依据</dt><dd>${it.document.title}${it.document.issuer ? `（${it.document.issuer}）` : null}${it.document.onRequest ? html`<span class="soft">　此件依申请公开，全文不在此公布</span>` : null}</dd></div>
${it.clauses.map(({ id, quote }) => html`<div><dt>${id}</dt><dd>${quote}</dd></div>`)}<div><dt>期满以后</dt><dd>${it.site === 'elsewhere' ? html`在${it.place ?? '官方网站'}公开；公示网址 <a href="${it.address}" rel="nofollow">${it.address}</a>` : html`在本站公开`}</dd></div></dl>
${withdrawn ? null : howToObject}
${withdrawn ? null : html`<h2>公示的机构（${count(items.length)}）</h2><div class="wide"><table><thead><tr><th>机构</th><th>类别</th><th>结果</th><th>此前</th><th>情况</th></tr></thead><tbody>${items.map((one) => item(one, it))}</tbody></table></div>`}
${snapshots.length ? html`<h2>验真</h2><p class="soft">下列原文的 SHA-256 与所列一致，即未被改动。</p><ul class="plain">${snapshots.map((one) => html`<li><a href="/public/v1/notices/${it.noticeId}/snapshots/${one.seq}">${kinds[one.kind]}原文</a> ${moment(one.takenAt)}　<code>${one.sha256}</code></li>`)}</ul>` : null}
<p class="soft"><a href="/public/v1/notices/${it.noticeId}">数据（JSON）</a>　<a href="/notices">返回公示专栏</a></p></article>`;
}
