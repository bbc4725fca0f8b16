import { refuse, type Refused } from '@zhijian/contracts';

export type MonitoringRefusal = 'institution-twice' | 'assessment-in-future';

export const monitoringSentences = {
  'institution-twice': '同一机构在通报中出现两次，请合并后提交',
  'assessment-in-future': '{year} 年度尚未开始，不能通报其质量考核',
} satisfies Record<MonitoringRefusal, string>;

/** One circular names an institution once, and a year that has begun. Every repetition is named by its place in the list. */
export function acceptCircular(circular: { year: number; institutions: readonly { institutionId: string }[] }, today: string): { ok: true } | Refused<MonitoringRefusal> {
  if (circular.year > Number(today.slice(0, 4))) return refuse('assessment-in-future', [], { year: circular.year }, { errors: [{ path: '/year', message: '年度尚未开始' }] });
  const ids = circular.institutions.map(({ institutionId }) => institutionId);
  const errors = ids.flatMap((id, at) => (ids.indexOf(id) < at ? [{ path: `/institutions/${at}/institutionId`, message: `与第 ${ids.indexOf(id) + 1} 家相同` }] : []));
  return errors.length ? refuse('institution-twice', [], {}, { errors }) : { ok: true };
}
