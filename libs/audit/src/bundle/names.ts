import { institutionNames, type InstitutionKind } from '@zhijian/policy';
import type { Note } from '../command-entry.js';
import { rowsOf, type Contents } from '../verify/contents.js';

/** What facts say of a matter. */
interface Said { version?: number; visitOn?: string; kind?: string; number?: string; form?: string; duty?: string; institutionId?: string | null; unit?: string; year?: number; line?: string; visitedOn?: string; basisYear?: number; postedOn?: string }
/** What something is called by its id; null where the bundle does not know. */
type Called = (id: unknown) => string | null;

const numbered = (id: string): string => `编号 ${id}`;

/**
 * What a fact says of the matter it names by a field: from `{ visitId, visitOn, institutionId }` follows what the visit is called.
 * Null: another fact says more of it.
 */
const matters: Readonly<Record<string, (said: Said, body: string, called: Called) => string | null>> = {
  selfCheckId: ({ version }, body) => (version === undefined ? null : `${body}，第 ${version} 次自查报告`),
  visitId: ({ visitOn, kind }, body) => (visitOn === undefined ? null : `${body}，${visitOn} 的${kind === 'extension-check' ? '延伸检查' : '检查'}`),
  caseId: ({ number }, body) => (number === undefined ? null : `${number}（${body}）`),
  formVersionId: ({ form, version }, _, called) => `“${called(form) ?? form}”第 ${version} 版`,
  recordId: ({ duty, institutionId }, body, called) => `${institutionId ? `${body}，` : ''}“${called(duty) ?? duty}”`,
  rosterId: ({ unit }, _, called) => `${called(unit) ?? unit}的名单`,
  rectificationId: ({ year }, body) => `${body}，${year} 年度的整改`,
  reviewId: ({ year }, body) => (year === undefined ? null : `${body}，${year} 年度的资质审查`),
  checkId: ({ visitedOn }, body) => `${body}，${visitedOn} 的检查`,
  monitoringId: ({ visitedOn }, body) => `${body}，${visitedOn} 的质量监测`,
  evaluationId: ({ year }, body) => `${body}，${year} 年度的绩效评估`,
  roundId: ({ year, line }) => `${year} 年度${institutionNames[line as InstitutionKind] ?? ''}能力比对`,
  runId: ({ year, basisYear }) => (basisYear === undefined ? null : `${year} 年度分色`),
  noticeId: ({ year, postedOn }) => (year === undefined ? null : `${postedOn ? `${postedOn} 的 ` : ''}${year} 年度公示`),
  objectionId: (_, body) => `${body}的异议`,
  correctionId: (_, body) => `${body}的颜色更正`,
  summaryId: ({ year, version }) => `${year} 年度总结第 ${version} 版`,
};

/** What bodies, units, the campaign and lists of a bundle call themselves; what the log proves goes before what merely stands in a row. */
function proper(contents: Contents): Map<string, string> {
  const facts = [...contents.facts.values()].flatMap(({ data }): [unknown, unknown][] => [[data['institutionId'], data['name']], ...(data['institutionId'] ? [] : [[data['campaignId'], data['name']] as [unknown, unknown]])]);
  const published = rowsOf<{ institutionId: string; content: { name?: string } }>(contents, 'publication', 'published').map(({ institutionId, content }): [unknown, unknown] => [institutionId, content.name]);
  const rows = ([['campaign', 'id'], ['unit', 'unit']] as const).flatMap(([table, id]) => rowsOf(contents, 'inspection', table).map((row): [unknown, unknown] => [row[id], row['name']]));
  const listed = rowsOf<{ noticeId: string; body: string }>(contents, 'publication', 'snapshot').map(({ noticeId, body }): [unknown, unknown] => [noticeId, titleOf(body)]);
  return new Map([...rows, ...published, ...facts, ...listed].flatMap(([id, name]): [string, string][] => (typeof id === 'string' && typeof name === 'string' && id && name ? [[id, name]] : [])));
}

/** The title of a list as it stood in public; none where somebody has made it unreadable, which the checks say. */
function titleOf(list: string): unknown {
  try {
    return (JSON.parse(list) as { title?: unknown }).title;
  } catch {
    return null;
  }
}

/**
 * Says in Chinese what a command was about, by what the facts and rows of the bundle say of its id; what they do not know has
 * its number (`编号 …`), with the body that the note names.
 * @param titles of the packs' stages, duties and forms
 */
export function namesIn(contents: Contents, titles: ReadonlyMap<string, string>): (note: Pick<Note, 'subject' | 'detail'>) => string {
  const names = proper(contents);
  const called: Called = (id) => (typeof id === 'string' ? (names.get(id) ?? titles.get(id) ?? null) : null);
  const bodyOf = (id: unknown): string => called(id) ?? (typeof id === 'string' ? `${numbered(id)} 的机构` : '未登记的单位');
  for (const { data } of contents.facts.values()) {
    for (const [field, matter] of Object.entries(matters)) {
      const id = data[field];
      const name = typeof id === 'string' && !names.has(id) ? matter(data, bodyOf(data['institutionId']), called) : null;
      if (name) names.set(id as string, name);
    }
  }
  const part = (id: string): string => called(id) ?? (id === '*' ? '全部单位' : /^(?:19|20)\d{2}$/.test(id) ? `${id} 年度` : /^\d{6}$/.test(id) ? `区划 ${id}` : numbered(id));
  return ({ subject, detail }) => {
    const whole = called(subject);
    if (whole) return whole;
    if (subject.includes('/')) return subject.split('/').map(part).join('，');
    const body = called(detail['institution']);
    if (subject === '') return '';
    return body ? `${body}（${part(subject)}）` : part(subject);
  };
}
