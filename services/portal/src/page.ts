import { html, type Markup } from './html.js';

/** The frame of every public page. Works without scripts, prints, and fits a phone. */
export function page(title: string, content: Markup, typed = ''): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 职业健康技术服务机构公示</title>
<link rel="stylesheet" href="/assets/portal.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header><div class="width"><a class="name" href="/">职业健康技术服务机构公示</a><nav aria-label="栏目"><a href="/">机构查询</a><a href="/notices">公示专栏</a><a href="/penalties">行政处罚决定</a><a href="/public/v1/export.csv">数据下载：颜色（CSV）</a><a href="/public/v1/qualifications.csv">数据下载：备案和资质（CSV）</a></nav></div></header>
<main id="content" class="width">
<form class="search" action="/" method="get" role="search">
<label for="q">机构名称或统一社会信用代码</label>
<div><input id="q" name="q" type="search" maxlength="100" autocomplete="off" value="${typed}"><button type="submit">查询</button></div>
</form>
${content}
</main>
<footer><div class="width"><p>内容由卫生健康部门依法公布，以公布时为准。标有“示例数据”的机构为演示虚构，不对应任何真实单位。</p></div></footer>
</body>
</html>
`.text;
}

/** What happened, what is safe, what to do, and the number to quote. */
export const trouble = (title: string, next: string, reference?: string): Markup => html`<section class="trouble" role="alert"><h1>${title}</h1><p>${next}</p>${reference ? html`<p class="soft">编号 <code>${reference}</code></p>` : null}</section>`;

export const inventedLabel = html`<span class="invented">示例数据</span>`;
