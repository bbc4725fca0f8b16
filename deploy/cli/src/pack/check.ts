import { checkPack, mayBeApproved, PackError, type Finding, type GoldenFailure, type Pack } from '@zhijian/policy';
import { given, textOf, type Answer, type Command, type Question } from '../command/command.js';
import { sourceOf } from '../command/folders.js';
import { folderNamed, readPack } from './read-pack.js';

type Shown = Omit<Finding, 'kind'> & { readonly kind: string };
export interface Checked { readonly ok: boolean; readonly pack: string; readonly findings: readonly Shown[]; readonly cases: { readonly passed: number; readonly failed: number }; readonly failures: readonly GoldenFailure[] }

export const packCheck: Command = {
  noun: 'pack', verb: 'check', usage: 'PACK [--as-printed] [--with PACK]', summary: '检查政策包：格式、引文、矛盾、空缺与重叠、样例', takes: 1,
  options: { 'as-printed': { type: 'boolean' }, with: { type: 'string' } },
  async answer(question) {
    const checked = await check(question.arguments[0]!, question);
    const { pack, findings, cases, failures } = checked;
    return { ok: checked.ok, json: { pack, findings, cases }, text: textOfCheck(checked), notes: failures.map(({ title, expected, actual }) => `样例不符：${title}（应为 ${JSON.stringify(expected)}，得 ${JSON.stringify(actual)}）`) };
  },
};

/** Checks a pack; what keeps a folder from being read at all is a finding too. Throws PackError when there is no such pack. */
export async function check(ref: string, question: Question): Promise<Checked> {
  const other = textOf(question.values, 'with');
  const withPack = other === undefined ? undefined : (await readPack(other, question)).pack;
  const folder = folderNamed(ref, question);
  let pack: Pack;
  try {
    ({ pack } = await readPack(ref, question));
  } catch (error) {
    if (!folder || !(error instanceof PackError)) throw error;
    return { ok: false, pack: ref, findings: error.problems.map(malformed), cases: { passed: 0, failed: 0 }, failures: [] };
  }
  const source = sourceText(pack, question, folder);
  const result = checkPack(pack, { asPrinted: given(question.values, 'as-printed'), ...(withPack ? { with: withPack } : {}), sourceText: source.text, calendar: await question.calendar() });
  const findings = source.missing ? [...result.findings.filter(({ kind }) => kind !== 'quote-missing'), source.missing] : result.findings;
  const { passed, failed, failures } = result.cases;
  return { ok: !source.missing && mayBeApproved(result), pack: result.pack, findings, cases: { passed, failed }, failures };
}

function sourceText(pack: Pack, question: Question, folder: string | undefined): { text: string; missing?: Shown } {
  try {
    return { text: sourceOf(pack, question.surroundings.env, folder) };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { text: '', missing: { id: 'quote-missing:source', kind: 'quote-missing', severity: 'error', clauses: [], message: `${error.problems[0]?.message ?? '没有来源文件'}，引文无从核对` } };
  }
}

const malformed = ({ file, path, message, kind = 'schema' }: { file: string; path: string; message: string; kind?: string }): Shown =>
  ({ id: `${kind}:${file}${path}`, kind, severity: 'error', clauses: [], message: `${file}${path ? ` ${path}` : ''}：${message}` });

const marks = { error: '✗', warning: '!', info: '·' } as const;

function textOfCheck({ pack, findings, cases, ok }: Checked): string {
  const lines = findings.map((it) => `${marks[it.severity]} ${it.message}${it.clauses.length ? `（${it.clauses.join('、')}）` : ''}${it.reading ? `  解读 ${it.reading}` : ''}${it.quote ? `\n    “${it.quote}”` : ''}`);
  return [pack, ...lines, `样例 ${cases.passed} 项相符，${cases.failed} 项不符`, ok ? '可以启用' : '有待解决的问题，不能启用'].join('\n');
}

/** For `pack install`. */
export const answerOf = (checked: Checked): Answer => ({ ok: false, json: { installed: null, findings: checked.findings, cases: checked.cases }, text: textOfCheck(checked) });
