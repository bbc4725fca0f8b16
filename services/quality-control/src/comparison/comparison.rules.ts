import { refuse, type Refused } from '@zhijian/contracts';
import { counting, type Measurand, type Scheme } from '@zhijian/policy';

export type ComparisonRefusal =
  | 'comparison-pack-unknown' | 'comparison-scheme-unknown' | 'comparison-pack-unready' | 'comparison-foreign' | 'comparison-exists' | 'comparison-day-past' | 'comparison-parts' | 'comparison-nobody' | 'comparison-state'
  | 'comparison-body-unknown' | 'comparison-body-twice' | 'comparison-not-participant' | 'comparison-code-unknown' | 'comparison-fixed-refused' | 'comparison-results-refused' | 'comparison-part-closed' | 'comparison-out'
  | 'comparison-same' | 'comparison-file' | 'comparison-received-in-future' | 'comparison-not-sent' | 'comparison-sent-before' | 'comparison-damage-unsaid' | 'comparison-not-closed' | 'comparison-uncovered' | 'comparison-set-aside' | 'comparison-no-result' | 'comparison-grade-unknown' | 'comparison-change-missing'
  | 'comparison-correction-open' | 'comparison-answered' | 'comparison-own-correction' | 'comparison-nothing-changes' | 'comparison-coloured' | 'comparison-objection-open';

export const comparisonSentences = {
  'comparison-pack-unknown': '没有安装政策包 {pack}：{why}',
  'comparison-scheme-unknown': '政策包中没有比对方案“{scheme}”',
  'comparison-pack-unready': '政策包有 {count} 项未解决的问题，须先作出解读',
  'comparison-foreign': '该辖区不在您的任职范围内',
  'comparison-exists': '{year} 年度的这项比对已经制定，不能重复制定',
  'comparison-day-past': '报送截止日 {on} 已经过去',
  'comparison-parts': '各次的截止日期与方案不符',
  'comparison-nobody': '辖区内没有应参加这项比对的机构，请先核对机构名录',
  'comparison-state': '本轮比对{state}，不能{act}',
  'comparison-body-unknown': '名录中没有这家机构，或者不在您的管辖范围内',
  'comparison-body-twice': '该机构已在参加名单中',
  'comparison-not-participant': '该机构不在本轮比对的参加名单中',
  'comparison-code-unknown': '本轮比对没有实验室编号 {code}',
  'comparison-fixed-refused': '事先确定的数值不完整或有误，未启动',
  'comparison-results-refused': '结果有 {count} 处不符合要求，未保存',
  'comparison-part-closed': '“{part}”已经截止，已报送的结果不能更改；如有异议，请在评定后提出',
  'comparison-out': '该机构已{how}，不能报送',
  'comparison-same': '与已报送的结果相同，未重复保存',
  'comparison-file': '表格有 {count} 处错误，未录入任何结果',
  'comparison-received-in-future': '日期 {on} 尚未到来',
  'comparison-not-sent': '尚未登记向该机构发出样品',
  'comparison-sent-before': '补发的样品不能早于原样品收到的 {on} 发出',
  'comparison-damage-unsaid': '样品有损坏的，须写明损坏情况',
  'comparison-not-closed': '报送于 {on} 24 时截止，截止前不能评定',
  'comparison-uncovered': '本轮比对的实验室身份已经揭开',
  'comparison-set-aside': '不予评定的项目有误',
  'comparison-no-result': '尚未评定，没有可以异议或者更正的结果',
  'comparison-grade-unknown': '方案没有“{grade}”这一等级',
  'comparison-change-missing': '须写明拟更正的内容',
  'comparison-correction-open': '该机构已有一项更正等待决定',
  'comparison-answered': '已经办结，不能再次办理',
  'comparison-own-correction': '提出人不能决定自己提出的更正，须由另一人决定',
  'comparison-nothing-changes': '更正后的结果与现有结果相同',
  'comparison-coloured': '该机构依此结果的颜色已经审签，须在分色管理中提出更正，一并处理其后果',
  'comparison-objection-open': '该机构对结果的异议尚待答复，不必重复提出',
} satisfies Record<ComparisonRefusal, string>;

export const stateWords = { planned: '尚未启动', open: '正在进行', evaluated: '已经评定' } as const;
export type RoundState = keyof typeof stateWords;

export const wrongState = (state: RoundState, act: string): Refused<ComparisonRefusal> => refuse('comparison-state', [], { state: stateWords[state], act }, { wrongState: true });

/** The whole of a scheme that has no parts. */
export const wholeRound = '*';
export const partOf = (measurand: Pick<Measurand, 'part'>): string => measurand.part ?? wholeRound;

/** The last day of each part, as it was set for the round. */
export interface Days { readonly submitBy: string; readonly partDays: Readonly<Record<string, string>> }
export const dayOf = ({ submitBy, partDays }: Days, part: string): string => partDays[part] ?? submitBy;
/** The last day of all. */
export const lastDay = ({ submitBy, partDays }: Days): string => [submitBy, ...Object.values(partDays)].sort().at(-1)!;

/** Each part of the scheme has its day, none another; without parts there are none. Every fault by its place in the list. */
export function partFaults(scheme: Scheme, parts: readonly { part: string; submitBy: string }[], today: string): { path: string; message: string }[] {
  const known = (scheme.parts ?? []).map(({ id }) => id);
  const given = parts.map(({ part }) => part);
  return [
    ...parts.flatMap(({ part, submitBy }, at) => [
      ...(known.includes(part) ? (given.indexOf(part) < at ? [{ path: `/parts/${at}/part`, message: '重复' }] : []) : [{ path: `/parts/${at}/part`, message: `方案中没有“${part}”` }]),
      ...(submitBy < today ? [{ path: `/parts/${at}/submitBy`, message: '日期已经过去' }] : []),
    ]),
    ...(scheme.parts ?? []).filter(({ id }) => !given.includes(id)).map(({ title }) => ({ path: '/parts', message: `缺少“${title}”的截止日期` })),
  ];
}

type Fixed = 'value' | 'sd' | 'uncertainty';
/** What the scheme leaves to be fixed before the round opens: it prints no value, no deviation, or no uncertainty that the score divides by. */
export function toFix({ score, assigned, deviation }: Measurand): Fixed[] {
  const own = assigned.by === 'fixed' ? assigned : null;
  return [
    ...(own && own.value === undefined ? ['value' as const] : []), ...(deviation?.by === 'fixed' && deviation.value === undefined ? ['sd' as const] : []),
    ...(own && own.uncertainty === undefined && score !== 'z' ? ['uncertainty' as const] : []),
  ];
}

export type Sealed = Readonly<Record<string, { value?: string | null; sd?: string | null; uncertainty?: string | null }>>;
const fixedWords: Record<Fixed, string> = { value: '指定值', sd: '标准差', uncertainty: '不确定度' };

/** Everything that must be fixed is, and nothing else; by measurand. */
export function sealedValues(scheme: Scheme, given: readonly ({ measurand: string } & { [F in Fixed]?: string | undefined })[]): { ok: true; sealed: Sealed } | Refused<ComparisonRefusal> {
  const errors = given.flatMap((it, at) => {
    const measurand = scheme.measurands.find(({ id }) => id === it.measurand);
    if (!measurand) return [{ path: `/fixed/${at}/measurand`, message: `方案中没有项目“${it.measurand}”` }];
    if (given.findIndex(({ measurand: id }) => id === it.measurand) < at) return [{ path: `/fixed/${at}/measurand`, message: '项目重复' }];
    const needed = toFix(measurand);
    return (Object.keys(fixedWords) as Fixed[]).flatMap((name) => {
      if (it[name] !== undefined && !needed.includes(name)) return [{ path: `/fixed/${at}/${name}`, message: `“${measurand.title}”的${fixedWords[name]}由方案规定，不能另定` }];
      if (it[name] === undefined && needed.includes(name)) return [{ path: `/fixed/${at}/${name}`, message: `缺少“${measurand.title}”的${fixedWords[name]}` }];
      return name === 'sd' && it.sd !== undefined && Number(it.sd) === 0 ? [{ path: `/fixed/${at}/sd`, message: '标准差须大于 0' }] : [];
    });
  });
  const absent = scheme.measurands.filter((it) => toFix(it).length > 0 && given.every(({ measurand }) => measurand !== it.id));
  errors.push(...absent.map((it) => ({ path: '/fixed', message: `缺少“${it.title}”的${toFix(it).map((name) => fixedWords[name]).join('、')}` })));
  if (errors.length) return refuse('comparison-fixed-refused', [], {}, { errors });
  return { ok: true, sealed: Object.fromEntries(given.map(({ measurand, value, sd, uncertainty }) => [measurand, { value: value ?? null, sd: sd ?? null, uncertainty: uncertainty ?? null }])) };
}

export interface ResultSent { readonly measurand: string; readonly value: string; readonly uncertainty?: string | undefined }
export const needsUncertainty = ({ score }: Pick<Measurand, 'score'>): boolean => score === 'zeta' || score === 'en';

/** What is wrong with results as they were sent: measurands the scheme does not have, one twice, too many decimals, no uncertainty where the score divides by it. */
export function resultFaults(scheme: Scheme, results: readonly ResultSent[], path = (at: number, field: string): string => `/results/${at}/${field}`): { path: string; message: string }[] {
  return results.flatMap((sent, at) => {
    const measurand = scheme.measurands.find(({ id }) => id === sent.measurand);
    if (!measurand) return [{ path: path(at, 'measurand'), message: `方案中没有项目“${sent.measurand}”` }];
    const first = results.findIndex(({ measurand: id }) => id === sent.measurand);
    const places = (text: string) => text.split('.')[1]?.length ?? 0;
    return [
      ...(first < at ? [{ path: path(at, 'measurand'), message: `与第 ${first + 1} 项重复` }] : []),
      ...(places(sent.value) > measurand.places ? [{ path: path(at, 'value'), message: `“${measurand.title}”至多 ${measurand.places} 位小数` }] : []),
      ...(needsUncertainty(measurand) && (sent.uncertainty === undefined || Number(sent.uncertainty) === 0) ? [{ path: path(at, 'uncertainty'), message: `“${measurand.title}”须报不确定度（大于 0）` }] : []),
    ];
  });
}

/** Measurands set aside: of the scheme, once, not all of them. */
export function setAsideFaults(scheme: Scheme, setAside: readonly { measurand: string }[]): { path: string; message: string }[] {
  const ids = setAside.map(({ measurand }) => measurand);
  return [
    ...ids.flatMap((id, at) => (scheme.measurands.every((it) => it.id !== id) ? [{ path: `/setAside/${at}/measurand`, message: `方案中没有项目“${id}”` }] : ids.indexOf(id) < at ? [{ path: `/setAside/${at}/measurand`, message: '项目重复' }] : [])),
    ...(ids.length > 0 && counting(scheme, ids).length === 0 ? [{ path: '/setAside', message: '不能全部项目都不予评定' }] : []),
  ];
}

/** So many laboratory numbers that are not yet given, in no order: who has which is known from nothing else. */
export function codesFor(count: number, taken: ReadonlySet<string>, random: (below: number) => number): string[] {
  const digits = Math.max(3, String((taken.size + count) * 4).length);
  const first = 10 ** (digits - 1);
  const codes = new Set<string>();
  while (codes.size < count) {
    const code = String(first + random(9 * first));
    if (!taken.has(code)) codes.add(code);
  }
  return [...codes];
}
