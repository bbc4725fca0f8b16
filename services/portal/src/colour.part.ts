import { day } from '@zhijian/web/format';
import { institutionWord } from '@zhijian/web/words';
import { html, type Markup } from './html.js';
import type { PublicColour, PublicInstitution } from './published.queries.js';

type Content = PublicColour['content'];
type Worded = NonNullable<Content['colour']>;

/** Colours the page has a tint for; each has its own sign too, so that it is read without colour and on paper. */
const signs: Record<string, string> = { red: '▲', yellow: '●', green: '■' };

/** A colour as a word with a sign; the tint only repeats it. */
export const chip = ({ id, title }: Worded): Markup => html`<span class="colour ${id in signs ? id : 'other'}"><span aria-hidden="true">${signs[id] ?? '◆'}</span> ${title}</span>`;
export const colourOf = ({ colour }: Pick<PublicInstitution, 'colour'>): Markup | null => colour && html`${chip(colour)}<span class="soft">${colour.year} 年度</span>`;

const clausesOf = (clauses: Content['clauses']): Markup | null => (clauses.length ? html`<dl class="clauses">${clauses.map(({ id, quote }) => html`<div><dt>${id}</dt><dd>${quote}</dd></div>`)}</dl>` : null);

const given = (value: string | null | undefined): string => value ?? '无';

function line(it: Content['lines'][number]): Markup {
  const rows: [string, Markup | string][] = [
    ['绩效评估', it.served === false ? '上一年度未开展技术服务' : it.score === null ? '无评分' : `${it.score} 分`], ['质量等级', given(it.grade?.title)], ['能力比对', given(it.result)], ['比对等级', given(it.level?.title)],
    ['该项颜色', it.colour ? chip(it.colour) : html`待核实${it.reason ? html`：${it.reason}` : null}`],
  ];
  return html`<section class="line"><h4>${institutionWord(it.line)}</h4><dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${it.because ? html`<p>判定：${it.because}</p>` : null}${clausesOf(it.clauses)}</section>`;
}

/** Which of several colours is the body's: as the pack combines them. What was put up before it was said says nothing of it. */
const combined: Record<NonNullable<Content['combine']>, string> = { worst: '；有几项资质的，取其中最差的一种颜色', best: '；有几项资质的，取其中最好的一种颜色' };

/**
 * Why a body has its colour: line by line what it rests on, the rule that was met, the clauses with their words.
 * @param put when it was put up; red years in a row are of that day, for an earlier year may have been corrected since
 */
export function reasonOf(content: Content, put: '公示' | '公开'): Markup {
  const several = content.lines.length > 1;
  return html`<details class="reason" open><summary>依据</summary>
<p>根据 ${content.basisYear} 年度的绩效评估和能力比对结果判定${several && content.combine ? combined[content.combine] : ''}。</p>
${content.lines.map(line)}
${several ? clausesOf(content.clauses) : null}
${content.redYears > 1 ? html`<p>${put}时为连续第 ${content.redYears} 年红色；此后以前年度的颜色有更正的，以各年度现行公开的颜色为准。</p>` : null}
<p class="soft">政策包 ${content.pack}</p></details>`;
}

/** What stood of the same year before, and of a year before. */
const was = ({ before, lastYear }: Content, erratum: boolean): Markup | null => {
  if (erratum && before) return html`此前公开为${chip(before)}`;
  return lastYear ? html`${lastYear.year} 年度为${chip(lastYear.colour)}` : null;
};

/** One publication of a colour: what it says now, where and when it stands, what it was before and why it is another. */
export function published(it: PublicColour): Markup {
  const { content } = it;
  const place = it.site === 'elsewhere' ? html`<a href="${it.address}" rel="nofollow">${it.address}</a>` : html`<a href="/notices/${it.noticeId}">本站公示公开栏</a>`;
  const before = was(content, it.erratum);
  const head = it.withdrawn ? html`<p><span class="state off"><span aria-hidden="true">－</span> 已撤下</span>${content.colour ? html` 原为${chip(content.colour)}` : before}</p>` : html`<p>${content.colour ? chip(content.colour) : '无颜色'}${it.erratum ? html` <span class="state warn"><span aria-hidden="true">◐</span> 更正</span>` : null}</p>`;
  return html`${head}
<dl class="facts">${it.withdrawn ? null : before && html`<div><dt>此前</dt><dd>${before}</dd></div>`}${it.reason ? html`<div><dt>${it.withdrawn ? '撤下理由' : '更正说明'}</dt><dd>${it.reason}</dd></div>` : null}
<div><dt>${it.withdrawn ? '撤下日期' : '公开日期'}</dt><dd>${day(it.publishedOn)}</dd></div><div><dt>公开网址</dt><dd>${place}</dd></div><div><dt>凭证</dt><dd><code>${it.proofSha256}</code></dd></div></dl>
${it.withdrawn ? null : reasonOf(content, '公开')}`;
}

/** The colours of a body, year by year, the latest first; what was corrected or withdrawn stands below what holds. */
export function years(colours: readonly PublicColour[]): Markup {
  if (!colours.length) return html`<p class="soft">没有公开过颜色。</p>`;
  const places = new Set(colours.map(({ jurisdiction }) => jurisdiction)).size;
  const groups = [...Map.groupBy(colours, ({ year, jurisdiction }) => `${year} ${jurisdiction}`).values()].sort((a, b) => b[0]!.year - a[0]!.year);
  return html`${groups.map((its) => html`<section class="year"><h3>${its[0]!.year} 年度${places > 1 ? html`（区划 ${its[0]!.jurisdiction}）` : null}</h3>${published(its[0]!)}
${its.length > 1 ? html`<details><summary>此前公开的内容（${its.length - 1}）</summary>${its.slice(1).map((it) => html`<div class="earlier">${published(it)}</div>`)}</details>` : null}</section>`)}`;
}
