import { institutionWord } from '@zhijian/web/words';
import type { InFull } from './published.queries.js';

/** A cell of a table: quoted where it must be, and never a formula for whoever opens it in a spreadsheet. */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const head = ['统一社会信用代码', '机构名称', '机构类别', '所在区划', '年度', '颜色', '上一次公开的颜色', '公开日期', '公开网址', '更正', '依据', '示例数据'];

/** The colours that hold now, one line for each body and year; with a byte order mark, as spreadsheets here want it. */
export function csvOf(bodies: readonly InFull[], year: number | null): string {
  const lines = bodies.flatMap((body) => body.colours.filter((it) => it.current && !it.withdrawn && (year === null || it.year === year)).map(({ content, ...it }) => [
    body.creditCode, body.name, institutionWord(body.kind), body.jurisdiction, String(it.year), content.colour?.title ?? '', (it.erratum ? content.before?.title : content.lastYear?.colour.title) ?? '', it.publishedOn, it.address, it.erratum ? '是' : '', content.clauses.map(({ id }) => id).join(' '), body.invented ? '是' : '',
  ])).sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : Number(b[4]) - Number(a[4])));
  return `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
