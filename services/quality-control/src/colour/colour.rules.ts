import { inPlace, samePerson, type Approval, type Decider, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { refuse, type Refused } from '@zhijian/contracts';
import { colourBody, decide, lackedForColouring, redYearsOf, type LineColour, type LineYear, type Pack } from '@zhijian/policy';

export type ColourRefusal =
  | 'pack-unknown' | 'colour-pack-lacks' | 'colour-foreign' | 'colour-year-ahead' | 'colour-year-not-ruled' | 'colour-basis-empty' | 'colour-run-exists'
  | 'colour-not-proposed' | 'colour-preview-stale' | 'colour-inputs-changed' | 'colour-nothing-to-sign' | SecondPersonRefusal;
export type SecondPersonRefusal = 'second-person-needed' | 'decided-elsewhere' | 'approver-named';

export const secondPersonSentences = {
  'second-person-needed': '须由另一人决定：您是前一步的经办人',
  'decided-elsewhere': '这项赋色属{place}，须由该处的人员决定',
  'approver-named': '这项赋色须由{place}的批准人决定',
} satisfies Record<SecondPersonRefusal, string>;

export const colourSentences = {
  'pack-unknown': '没有安装政策包 {pack}：{why}',
  'colour-pack-lacks': '政策包 {pack} 不能用于赋色，缺少 {lacks}',
  'colour-foreign': '政策包不是您任职辖区的，由其所在辖区赋色',
  'colour-year-ahead': '{year} 年度尚未开始，不能赋色',
  'colour-year-not-ruled': '政策包没有规定 {year} 年度的赋色依据：{why}',
  'colour-basis-empty': '{basisYear} 年度没有任何评分和比对结果，{year} 年度无从赋色',
  'colour-run-exists': '{year} 年度的赋色已经启动，一个年度只有一次',
  'colour-not-proposed': '还没有预览，请稍候或者重新预览',
  'colour-preview-stale': '您看到的不是最近一次预览，请刷新后再签发',
  'colour-inputs-changed': '预览以后评分、比对结果或机构名单有变动，请重新预览',
  'colour-nothing-to-sign': '没有已确定而未签发的机构',
  ...secondPersonSentences,
} satisfies Record<ColourRefusal, string>;

/** A body as it is to be coloured: where it is at home, and its managed qualifications in the basis year. */
export interface Managed { readonly institutionId: string; readonly home: string; readonly lines: readonly LineYear[] }
export interface Proposed { readonly institutionId: string; readonly home: string; readonly colour: string | null; readonly redYears: number; readonly lines: readonly LineColour[]; readonly clauses: readonly string[] }

/** Can a run of this year be opened by this pack? Answers the year whose inputs it stands on (CQ-2024-07). */
export function acceptRun({ year, pack, place, today }: { year: number; pack: Pack; place: boolean; today: string }): { ok: true; basisYear: number } | Refused<ColourRefusal> {
  if (!place) return refuse('colour-foreign', [], {}, { errors: [{ path: '/pack', message: '不是您任职辖区的政策包' }] });
  const lacks = lackedForColouring(pack);
  if (lacks.length) return refuse('colour-pack-lacks', [], { pack: pack.id, lacks: lacks.join('、') }, { errors: [{ path: '/pack', message: '不是赋色的政策包' }] });
  if (year > Number(today.slice(0, 4))) return refuse('colour-year-ahead', [], { year }, { errors: [{ path: '/year', message: '年度尚未开始' }] });
  const basis = decide<number>(pack, 'basis-year', { runYear: year });
  if (!basis.determined) return refuse('colour-year-not-ruled', basis.clauses.map(({ id }) => id), { year, why: basis.reason }, { errors: [{ path: '/year', message: '政策包没有规定这一年度' }] });
  return { ok: true, basisYear: basis.value };
}

/**
 * Who decides after another: another person, in the run's place; where the directory names approvers, one of them.
 * @param approval who approves according to the directory; null where it knows nobody
 */
export function secondPerson(principal: Principal, author: Decider, place: string, approval: Approval | null): Refused<SecondPersonRefusal> | null {
  if (samePerson(principal, author)) return refuse('second-person-needed');
  if (!inPlace(principal, place)) return refuse('decided-elsewhere', [], { place });
  const named = !approval || principal.role === 'approver' || approval.people.includes(principal.personId ?? '');
  return named ? null : refuse('approver-named', [], { place: approval.place });
}

/** Colours every body; `before`: how many red years in a row it had come to by the year before. */
export const colourAll = (pack: Pack, bodies: readonly Managed[], before: (institutionId: string) => number): Proposed[] => bodies.map(({ institutionId, home, lines: years }) => {
  const { colour, lines, clauses } = colourBody(pack, years);
  return { institutionId, home, colour, redYears: redYearsOf(pack, colour, before(institutionId)), lines, clauses };
});

/** One hash over everything a preview says, whatever the order: what somebody signs is what they saw. */
export const digestOf = (proposed: readonly Proposed[]): string =>
  sha256(canonicalJson([...proposed].sort((a, b) => (a.institutionId < b.institutionId ? -1 : 1)).map(({ institutionId, colour, redYears, lines }) => ({ institutionId, colour, redYears, lines }))));

export const partSize = 100;
export const partsOf = <T>(items: readonly T[]): T[][] => Array.from({ length: Math.ceil(items.length / partSize) }, (_, at) => items.slice(at * partSize, (at + 1) * partSize));
