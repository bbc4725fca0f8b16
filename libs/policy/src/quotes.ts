import { sha256 } from './digest.js';
import type { Finding } from './finding.js';
import { formColumns, isGroup } from './form.js';
import type { Pack } from './pack.js';
import type { Rule } from './rules.schema.js';
import { unquoted } from './unquoted-findings.js';
import type { RuleSection } from './vocabulary.js';

/** Letter for letter, white space aside (full-width spaces and zero-width characters included). */
const bare = (text: string): string => text.replace(/[\s\u200b\ufeff]+/gu, '');

const personal = [
  [/(?<!\d)1[3-9]\d{9}(?!\d)/, '手机号码'], [/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/, '电话号码'],
  [/[\w.+-]+@[\w-]+\.[\w.]+/, '电子邮箱'], [/(?<!\d)\d{17}[\dXx](?!\d)/, '身份证号码'], [/联系人[:：]\s*\p{Script=Han}/u, '联系人姓名'],
] as const;

/** Words the pack says are printed and the source or the cited clause does not have; personal data; a source other than the one the pack names. */
export function quoteFindings(pack: Pack, sourceText: string): Finding[] {
  const source = bare(sourceText);
  const missing = printed(pack).filter(({ words }) => !source.includes(bare(words))).map(({ where, words, clauses }): Finding =>
    ({ id: `quote-missing:${where}`, kind: 'quote-missing', severity: 'error', clauses, quote: words, message: `来源中找不到这段文字（${where}）` }));
  const changed: Finding[] = sha256(sourceText) === pack.document.sourceSha256 ? []
    : [{ id: 'quote-missing:source', kind: 'quote-missing', severity: 'error', clauses: [], message: `来源文件 ${pack.document.source} 与政策包记载的摘要不符` }];
  return [...missing, ...changed, ...unquoted(pack), ...personalData(sourceText, pack)];
}

function personalData(sourceText: string, { document, hash: _hash, ...rest }: Pack): Finding[] {
  const words = textsIn([rest, { ...document, sourceSha256: '' }]).join('\n');
  return personal.flatMap(([shape, what]): Finding[] => [['来源文件', sourceText], ['政策包', words]].filter(([, text]) => shape.test(text ?? '')).map(([where]) =>
    ({ id: `personal-data:${where}:${what}`, kind: 'personal-data', severity: 'error', clauses: [], message: `${where}中有${what}，应先删去` })));
}

const textsIn = (it: unknown): string[] => (typeof it === 'string' ? [it] : typeof it === 'object' && it !== null ? Object.values(it).flatMap(textsIn) : []);

interface Printed { where: string; words: string; clauses: readonly string[] }

/** All words of a pack that claim to be printed in its document. */
function printed(pack: Pack): Printed[] {
  const stages = pack.campaign?.stages ?? [];
  const duties = stages.flatMap((stage) => stage.duties);
  return [
    ...Object.entries(pack.clauses).map(([id, { quote }]) => ({ where: id, words: quote, clauses: [id] })),
    ...Object.values(pack.forms).filter((form) => form.printed).flatMap((form) => [form.title, ...form.otherTitles, ...form.head, ...form.notes, ...form.columns.filter(isGroup).map((it) => it.title), ...formColumns(form).map((it) => it.title)]
      .map((words) => ({ where: `${form.id} ${words}`, words, clauses: form.clauses }))),
    ...Object.values(pack.checklists).flatMap((list) => list.items.filter((item) => item.printed !== false).map((item) => ({ where: `${list.id}/${item.id}`, words: item.text, clauses: item.clauses }))),
    ...duties.flatMap((duty) => [...duty.supersedes.map((it) => it.wording), ...(duty.due.wording ? [duty.due.wording] : [])].map((words) => ({ where: `${duty.id} ${words}`, words, clauses: duty.clauses }))),
    ...stages.flatMap((stage) => [...(stage.printed ? [stage.title] : []), ...stage.supersedes.map((it) => it.wording)].map((words) => ({ where: words === stage.title ? stage.id : `${stage.id} ${words}`, words, clauses: stage.clauses }))),
    ...ruleWords(pack),
  ];
}

/** The words that rules print: their wording, the bands, the outcomes of a scale, the list items marked so. */
const ruleWords = ({ rules }: Pack): Printed[] => Object.entries(rules).flatMap(([section, all]) => (Object.entries(all) as [string, Rule<RuleSection>][]).flatMap(([id, it]) => {
  const inside = [
    ...('printed' in it ? it.printed.map(({ words }) => words) : []),
    ...('values' in it ? it.values.flatMap(({ wording }) => wording ?? []) : []),
    ...('variants' in it ? (it.variants ?? []).flatMap(({ wording }) => wording ?? []) : []),
    ...('items' in it ? it.items.filter((item) => item.printed).map(({ text }) => text) : []),
  ];
  return [...(it.wording ? [it.wording] : []), ...inside].map((words) => ({ where: `${section}/${id} ${words}`, words, clauses: it.clauses }));
}));
