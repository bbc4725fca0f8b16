import { institutionWord, penaltyEndWords, registrationWords } from '@zhijian/web/words';
import { sanctionWord } from './penalty.part.js';
import type { InFull, PublicInstitution, PublicPenalty } from './published.queries.js';
import { filingRests, issuerWord, stateWords } from './qualification.part.js';

/** A cell of a table: quoted where it must be, and never a formula for whoever opens it in a spreadsheet. */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const head = ['统一社会信用代码', '机构名称', '机构类别', '所在区划', '年度', '颜色', '上一次公开的颜色', '公开日期', '公开网址', '更正', '依据', '示例数据'];

/** The colours that hold now, one line for each body and year. */
export function csvOf(bodies: readonly InFull[], year: number | null): string {
  const lines = bodies.flatMap((body) => body.colours.filter((it) => it.current && !it.withdrawn && (year === null || it.year === year)).map(({ content, ...it }) => [
    body.creditCode, body.name, institutionWord(body.kind), body.jurisdiction, String(it.year), content.colour?.title ?? '', (it.erratum ? content.before?.title : content.lastYear?.colour.title) ?? '', it.publishedOn, it.address, it.erratum ? '是' : '', content.clauses.map(({ id }) => id).join(' '), body.invented ? '是' : '',
  ])).sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : Number(b[4]) - Number(a[4])));
  return written([head, ...lines]);
}

const qualificationHead = ['统一社会信用代码', '机构名称', '机构类别', '所在区划', '资质或备案', '编号', '状态', '类别', '项目', '发证或备案机关所在地', '有效期起', '有效期止', '示例数据'];

/** Every filing and every qualification that was published, one line for each, as they stand on the day of the summaries. */
export function qualificationsCsv(bodies: readonly PublicInstitution[]): string {
  const lines = bodies.flatMap((body) => {
    const own = [body.creditCode, body.name, institutionWord(body.kind), body.jurisdiction];
    const line = (kind: string, cells: readonly string[]) => [...own, institutionWord(kind), ...cells, body.invented ? '是' : ''];
    const { title, held } = registrationWords(body.kind);
    const rests = filingRests(body);
    const filing = body.filedOn === null ? [] : [line(body.kind, ['', body.filingClosedOn ? `${title}已注销` : rests ? `${title}${stateWords[rests.state]}` : held, body.categories.join('、'), body.items.join('、'), '', body.filedOn, body.filingClosedOn ?? ''])];
    return [...filing, ...body.qualifications.map((it) => line(it.kind, [it.number ?? '', stateWords[it.state], it.categories.join('、'), it.items.join('、'), it.issuer ? issuerWord(it) : '', it.from ?? '', it.to ?? '']))];
  });
  return written([qualificationHead, ...lines.sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : 0))]);
}

const penaltyHead = ['行政处罚决定书文号', '当事人', '统一社会信用代码', '处罚依据', '处罚结果', '作出决定的机关', '决定日期', '公开或撤回日期', '撤回原因', '撤回理由', '示例数据'];

/** Every penalty that was published, one line for each; of one that was taken back only which it was and why. */
export function penaltiesCsv(penalties: readonly PublicPenalty[]): string {
  return written([penaltyHead, ...penalties.map((it) => [
    it.number, it.party ?? '', it.creditCode ?? '', it.basis ?? '', it.sanctions.map(sanctionWord).join('；'), it.authority, it.decidedOn, it.publishedOn, it.withdrawn ? penaltyEndWords[it.withdrawn.ground] : '', it.withdrawn?.reason ?? '', it.invented ? '是' : '',
  ])]);
}

/** With a byte order mark, as spreadsheets here want it. */
const written = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
