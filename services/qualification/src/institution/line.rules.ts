import { refuse, type InstitutionKind, type Refused } from '@zhijian/contracts';
import type { Filing, QualificationLine } from '@zhijian/contracts/facts';

export type LineRefusal = 'line-dates' | 'line-in-future' | 'line-older-than-present' | 'line-not-held' | 'line-end-in-future' | 'line-end-before' | 'visitor-with-filing' | 'service-unknown' | 'service-at-home' | 'service-already' | 'service-not-recorded';

export const lineSentences = {
  'line-dates': '资质的有效期止（{to}）早于有效期起（{from}）',
  'line-in-future': '资质的有效期起 {from} 晚于今日',
  'line-older-than-present': '有效期起 {from} 早于现行同类资质的有效期起 {presentFrom}',
  'line-not-held': '该机构没有登记这一类资质，或者已经终止',
  'line-end-in-future': '终止日期 {to} 晚于今日',
  'line-end-before': '终止日期 {to} 早于该项资质的有效期起 {from}',
  'visitor-with-filing': '外地机构的登记由其所在地的机关办理；请登记其在本辖区的资质',
  'service-unknown': '没有登记过该统一社会信用代码的机构，请先登记机构',
  'service-at-home': '该机构就在本辖区登记，不必另行登记服务地',
  'service-already': '该机构在本辖区开展服务已经登记',
  'service-not-recorded': '没有登记过该机构在本辖区开展服务',
} satisfies Record<LineRefusal, string>; // a new code without a sentence does not compile

/** Kinds that are establishments: what they are qualified for is said by their lines alone. */
const establishments: readonly InstitutionKind[] = ['hospital', 'disease-control-centre'];

/** The recorded qualifications, and before them the one that the kind and the filing of the body itself stand for, unless it is recorded too. */
export function withOwn(lines: readonly QualificationLine[], { kind, filing }: { kind: InstitutionKind; filing: Filing | null }): QualificationLine[] {
  const implied = filing !== null || !establishments.includes(kind);
  if (!implied || lines.some((line) => line.kind === kind)) return [...lines];
  return [{ kind, number: filing?.number ?? null, issuer: null, from: filing?.filedOn ?? null, to: filing?.closedOn ?? null }, ...lines];
}

/** May this qualification be recorded as the present one of its kind? Days are LocalDates. */
export function acceptLine({ from, to }: Pick<QualificationLine, 'from' | 'to'>, present: Pick<QualificationLine, 'from'> | undefined, today: string): { ok: true } | Refused<LineRefusal> {
  if (from && to && to < from) return refuse('line-dates', [], { from, to }, { errors: [{ path: '/to', message: '早于有效期起' }] });
  if (from && from > today) return refuse('line-in-future', [], { from }, { errors: [{ path: '/from', message: '晚于今日' }] });
  if (from && present?.from && from < present.from) return refuse('line-older-than-present', [], { from, presentFrom: present.from }, { errors: [{ path: '/from', message: '早于现行资质' }] });
  return { ok: true };
}

/** May the present qualification of a kind end on this day? */
export function acceptLineEnd(to: string, present: Pick<QualificationLine, 'from' | 'to'> | undefined, today: string): { ok: true } | Refused<LineRefusal> {
  if (!present || (present.to !== null && present.to < today)) return refuse('line-not-held', [], {}, { wrongState: true, errors: [{ path: '/kind', message: '没有登记或已经终止' }] });
  if (to > today) return refuse('line-end-in-future', [], { to }, { errors: [{ path: '/to', message: '晚于今日' }] });
  if (present.from && to < present.from) return refuse('line-end-before', [], { to, from: present.from }, { errors: [{ path: '/to', message: '早于有效期起' }] });
  return { ok: true };
}
