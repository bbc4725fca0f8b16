import { findingKinds, type FindingKind } from '@zhijian/contracts';
import { formColumns, parameter, type Pack } from '@zhijian/policy';

export interface NamedKind { kind: FindingKind; title: string; /** The document has it looked for first. */ priority: boolean }

/** Plain words, for a pack whose forms print none of their own. */
const plain: Record<FindingKind, string> = {
  'not-filed': '未依法取得备案或者资质', 'chief-physician': '主要技术人员不符合要求', 'suspected-disease-report': '疑似职业病报告、告知不符合要求', 'false-certificate': '出具虚假报告或者证明', archives: '档案不符合要求',
  'not-to-standard': '不符合技术规范', 'information-report': '信息报送不符合要求', 'quality-assessment': '质量控制、考核或者整改不符合要求', other: '其他问题',
};

/** The kinds of finding that can be recorded: as the pack's forms print them, in that order; all of them in plain words where no form has any. */
export function kindsOf(pack: Pack): NamedKind[] {
  const first = parameter(pack, 'priorityViolations')?.value.value ?? [];
  const printed = Object.values(pack.forms).flatMap(formColumns).flatMap(({ title, source }) => {
    const kind = findingKinds.find((one) => source === `finding:${one}`);
    return kind ? [{ kind, title }] : [];
  });
  const named = printed.length ? printed.filter(({ kind }, at) => printed.findIndex((one) => one.kind === kind) === at) : findingKinds.map((kind) => ({ kind, title: plain[kind] }));
  return named.map((one) => ({ ...one, priority: first.includes(one.kind) }));
}

/** What a recorded finding is called; one of a kind that the forms do not print, in plain words. */
export const titleOf = (kind: FindingKind, kinds: readonly NamedKind[]): string => kinds.find((one) => one.kind === kind)?.title ?? plain[kind];
