import type { Found } from './finding.js';
import { meet, type Standing } from './law.js';
import { against, binds, datedDuties, inForceOf } from './law-words.js';
import type { Pack } from './pack.js';

interface Named { readonly at: string; readonly days: { readonly from: string; readonly to: string | undefined }; readonly it: { readonly title: string; readonly clauses: readonly string[]; readonly wording?: string | undefined }; readonly who: readonly string[] }

type Undated = Omit<Named, 'days'>;

/** Work, numbers and limits that a pack gives to an agency which by law may not have them. Of several that do it together one that may is enough. */
export function decidersAgainst(pack: Pack, known: Pack, law: Standing<'deciders'>): Found[] {
  const { bound } = law;
  if (bound.kinds && known.campaign && !known.campaign.scope.kinds.some((kind) => bound.kinds!.includes(kind))) return [];
  const always = [...frequencies(pack, law), ...limits(pack, law), ...values(pack, known, law)].map((one) => ({ ...one, days: inForceOf(pack) }));
  return [...duties(pack, law), ...always].filter(({ days, who }) => meet(days, law) && who.length > 0 && !who.some((id) => may(known, law, id)))
    .map(({ at, days, it, who }) => against(pack, law, { at, ...it, ...days, said: who.map((id) => known.campaign?.agencies[id]?.name ?? id).join('、'), must: `由${wordsOf(law)}办理或者决定` }));
}

/** An agency whose kind or level nobody has written down is not held against the law. */
function may(known: Pack, { bound: { levels, agencies } }: Standing<'deciders'>, id: string): boolean {
  if (id === 'institution') return false;
  const agency = known.campaign?.agencies[id];
  if (!agency) return true;
  return (!levels || levels.includes(agency.level)) && (!agencies || !agency.kind || agencies.includes(agency.kind));
}

const duties = (pack: Pack, { bound }: Standing<'deciders'>): Named[] => datedDuties(pack).filter(({ duty }) => bound.duties.includes(duty.kind))
  .map(({ duty, days }) => ({ at: `duties/${duty.id}`, days, it: { ...duty, wording: duty.due.wording }, who: [...(duty.actor ? [duty.actor] : []), ...duty.jointly] }));
const frequencies = (pack: Pack, { bound }: Standing<'deciders'>): Undated[] => Object.entries(pack.rules.frequencies).filter(([, it]) => bound.activities.includes(it.activity))
  .map(([id, it]) => ({ at: `frequencies/${id}`, it, who: it.decidedBy ? [it.decidedBy] : [] }));
const limits = (pack: Pack, law: Standing<'deciders'>): Undated[] => Object.entries(pack.rules.periods).filter(([id, it]) => binds(law, id, it)).map(([id, it]) => ({ at: `periods/${id}`, it, who: it.setBy ? [it.setBy] : [] }));
/** A value that names an agency of the pack. */
const values = (pack: Pack, known: Pack, law: Standing<'deciders'>): Undated[] => Object.entries(pack.rules.values).filter(([id, it]) => binds(law, id, it))
  .map(([id, it]) => ({ at: `values/${id}`, it, who: [it.value].flat().filter((one): one is string => typeof one === 'string' && (one === 'institution' || known.campaign?.agencies[one] !== undefined)) }));

const levelWords = { institution: '机构', unit: '填报单位', county: '县级', city: '设区的市级', province: '省级', nation: '国家' } as const;
const kindWords = {
  'health-commission': '卫生健康主管部门', 'commission-division': '卫生健康主管部门的内设机构', 'enforcement-team': '综合执法机构', 'disease-control-bureau': '疾病预防控制主管部门', cdc: '疾病预防控制中心', 'qc-centre': '质控中心',
  'supervision-bureau': '卫生监督机构', 'work-safety-bureau': '安全生产监督管理部门', hospital: '医院',
} as const;
const wordsOf = ({ bound: { levels = [], agencies = [] } }: Standing<'deciders'>): string => `${levels.map((one) => levelWords[one]).join('、')}${agencies.length > 0 ? agencies.map((one) => kindWords[one]).join('、') : '机关'}`;
