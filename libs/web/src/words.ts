import type { FindingKind, InstitutionKind, LineEnd, LineSuspension, PenaltyEnd, Role, SanctionKind } from '@zhijian/contracts';

/** The words people see for the vocabulary of the code. */
export const roleWords: Record<Role, string> = {
  province: '省级卫生健康部门', city: '市级卫生健康部门', county: '县级执法人员', inspector: '卫生监督员', 'legal-reviewer': '法制审核人员', approver: '批准人', publisher: '发布人',
  'quality-centre': '质量控制中心', expert: '评审专家', institution: '机构', 'institution-head': '机构负责人', auditor: '审计人员', operator: '运维人员',
  'system-admin': '系统管理员', 'security-admin': '安全管理员', 'audit-admin': '审计管理员',
};

export const institutionWords: Record<InstitutionKind, string> = {
  'occupational-health-service': '职业卫生技术服务机构', 'radiation-health-service': '放射卫生技术服务机构',
  'health-examination': '职业健康检查机构', 'disease-diagnosis': '职业病诊断机构',
  'radiation-medical': '放射诊疗机构', 'pneumoconiosis-rehabilitation': '尘肺病康复站', 'disease-control-centre': '疾病预防控制中心', hospital: '医院',
};

/** Any kind of institution in words; an unknown one as it came. */
export const institutionWord = (kind: string): string => (institutionWords as Record<string, string>)[kind] ?? kind;

/** What a body is entitled by, in the words of its certificate or filing. `outreach`: what it calls services given elsewhere too; null: it says nothing of them. */
export interface RegistrationWords { title: string; held: string; lacking: string; elsewhere: string; number: string; since: string; ended: string; categories: string; items: string; outreach: string | null }
const qualified = { title: '资质', held: '已取得资质', lacking: '未取得资质', elsewhere: '外地取得资质', number: '证书编号', since: '发证日期', ended: '资质注销日期', outreach: null };
const filed = { title: '备案', held: '已备案', lacking: '未备案', elsewhere: '外地备案', number: '备案编号', since: '备案日期', ended: '备案注销日期', outreach: null };
const either = { title: '备案或资质', held: '已备案或已取得资质', lacking: '未备案且未取得资质', elsewhere: '外地备案或取得资质', number: '登记编号', since: '登记日期', ended: '注销日期', categories: '类别', items: '项目', outreach: '外出服务' };
const registrations: Partial<Record<InstitutionKind, RegistrationWords>> = {
  'occupational-health-service': { ...qualified, categories: '业务范围', items: '技术服务项目' },
  'radiation-health-service': { ...qualified, categories: '技术服务类别', items: '技术服务项目' },
  'health-examination': { ...filed, categories: '检查类别', items: '检查项目', outreach: '外出体检' },
  'disease-diagnosis': { ...filed, categories: '诊断的职业病类别', items: '诊断的病种' },
};
/** The words of a kind's certificate or filing; of a kind that has neither under these rules, plain ones. */
export const registrationWords = (kind: string): RegistrationWords => (registrations as Record<string, RegistrationWords>)[kind] ?? { ...filed, categories: '类别', items: '项目' };

/** The words for bodies of several kinds: those of the one kind, or ones that hold for all of them. */
export function registrationWordsOf(kinds: readonly string[]): RegistrationWords {
  const [first, ...rest] = [...new Set(kinds)].map(registrationWords);
  if (!first || rest.some(({ title }) => title !== first.title)) return either;
  return rest.length ? { ...first, categories: either.categories, items: either.items, outreach: either.outreach } : first;
}

/** How a qualification came to its end before its time. */
export const lineEndWords: Record<LineEnd, string> = { cancelled: '已注销', withdrawn: '已撤销', revoked: '已吊销', ended: '已终止' };
/** Who had a qualification suspended. */
export const lineSuspensionWords: Record<LineSuspension, string> = { 'on-request': '机构申请暂停', ordered: '责令暂停' };

/** What inspectors state of a body's self-check. */
export const judgementWords = { perfunctory: '敷衍了事', 'false-report': '弄虚作假', 'norm-not-carried-out': '不执行规范' } as const;
/** Kinds of finding in plain words; on a visit and in a form they are called what the pack's own forms print. */
export const findingWords: Record<FindingKind, string> = {
  'not-filed': '未依法取得备案或者资质', 'chief-physician': '主要技术人员不符合要求', 'suspected-disease-report': '疑似职业病报告、告知不符合要求', 'false-certificate': '出具虚假报告或者证明', archives: '档案不符合要求',
  'not-to-standard': '不符合技术规范', 'information-report': '信息报送不符合要求', 'quality-assessment': '质量控制、考核或者整改不符合要求', other: '其他问题',
};

export const sanctionWords: Record<SanctionKind, string> = {
  warning: '警告', fine: '罚款', confiscation: '没收违法所得', suspension: '责令暂停', withdrawal: '撤销或注销', none: '不予行政处罚',
};

export const penaltyEndWords: Record<PenaltyEnd, string> = { changed: '被变更', annulled: '被撤销', unlawful: '被确认违法', invalid: '被确认无效' };

export const amendmentWords: Record<string, string> = {
  extend: '延期', 'replace-date': '改期', suspend: '中止', resume: '恢复', 'own-dates': '辖区自定日期', calendar: '节假日安排变化', pack: '改用政策包新版本',
};

export const unitStateWords: Record<string, string> = { planned: '未开始', running: '进行中', suspended: '已中止', finished: '已完成' };
export const campaignStateWords: Record<string, string> = { draft: '拟定中', approved: '进行中', finished: '已结束' };
export const rosterWords: Record<string, string> = { in: '纳入', idle: '已登记未开展', undetermined: '待核实' };
export const selfCheckWords: Record<string, string> = { submitted: '已报送，待接收', returned: '已退回', accepted: '已接收', superseded: '已被后报替代' };
export const visitKindWords: Record<string, string> = { 'site-check': '现场检查', 'extension-check': '延伸检查' };
export const outcomeWords: Record<string, string> = { corrected: '已整改', uncorrected: '未整改', 'not-yet-due': '未到整改期限', undetermined: '待核实' };
export const severityWords: Record<string, string> = { error: '错误', warning: '提示', info: '说明' };
