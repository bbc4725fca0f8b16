import type { Answer } from '@zhijian/web';

export type Case = Answer<'listArchivedCases'>['items'][number];
export type Line = Answer<'getStory'>['lines'][number];
export type Verified = Answer<'verifyCase'>;

export const checkWords: Readonly<Record<string, string>> = {
  manifest: '清单', signature: '签名', installation: '出处', hashes: '各文件哈希', archive: '归档记录', history: '流程历史', entries: '日志条目', log: '日志证明', facts: '事实', certificates: '决定凭证',
  packs: '政策包', calendars: '工作日历', decisions: '决定重算', journal: '任务台账', roster: '名单', forms: '报表', published: '公布内容', colours: '颜色公布', replay: '重放',
};

export const statusWords: Readonly<Record<string, string>> = { COMPLETED: '已办结', RUNNING: '进行中', FAILED: '失败', TERMINATED: '已终止', CANCELLED: '已取消', TIMED_OUT: '超时' };

interface Named { campaignId: string; name: string; units: readonly { code: string; name: string }[] }

export const kindWords: Readonly<Record<Case['kind'], string>> = { campaign: '专项行动', colour: '年度分色', notice: '公示', consequences: '整改与检查频次', other: '其他' };

/** What a case is called: its campaign's unit, or the place and year, or the notice it is about. */
export function caseName(workflowId: string, campaign?: Named): string {
  const [kind, one = '', two] = workflowId.split('/');
  if (kind === 'colour') return `${two} 年度分色（${one}）`;
  if (kind === 'consequences') return `${two} 年度整改与检查频次（${one}）`;
  if (kind === 'notice') return `公示 ${one}`;
  if (kind !== 'campaign') return workflowId;
  if (two === undefined) return '行动总流程';
  if (two === '*') return '全市（省）本级任务';
  return campaign?.units.find(({ code }) => code === two)?.name ?? two;
}

/** The campaign a case belongs to; empty for the others. */
export const campaignOf = (workflowId: string): string => (workflowId.startsWith('campaign/') ? (workflowId.split('/')[1] ?? '') : '');
export const casePath = (workflowId: string): string => `/audit/cases/${workflowId}`;

/** A run among those of its case: its number, when it began and ended, its state. */
export const runName = ({ startedAt, closedAt, status }: Pick<Case, 'startedAt' | 'closedAt' | 'status'>, number: number, moment: (at: string) => string): string =>
  `第 ${number} 次：${moment(startedAt)} 至 ${closedAt ? moment(closedAt) : '今'}，${statusWords[status] ?? status}`;

/** The recorded person behind an actor: role and account; a workflow's own steps are the system's. */
export function actorWords(actor: string): string {
  if (actor.startsWith('workflow:')) return '系统（按流程自动办理）';
  const [, role = '', rest = ''] = /^([^:]+):(.*)$/.exec(actor) ?? [];
  const roles: Readonly<Record<string, string>> = { province: '省级', city: '市级', county: '县级', institution: '机构', 'quality-centre': '质控中心', inspector: '检查人员', approver: '审批人', room: '系统' };
  return role ? `${roles[role] ?? role} ${rest}` : actor;
}

/** The lines of one kind, or all. */
export const linesOf = (lines: readonly Line[], group: string): Line[] => lines.filter((line) => group === '' || line.group === group);
export const groupsOf = (lines: readonly Line[]): string[] => [...new Set(lines.map(({ group }) => group))];
