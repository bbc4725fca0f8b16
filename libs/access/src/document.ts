import { roles, type Role } from '@zhijian/contracts';
import { allRoutes } from '@zhijian/contracts/http';
import { statesText } from './matters.js';
import { conditions, operationOf, rights, type Relation, type Right } from './table.js';

const roleNames: Record<Role, string> = {
  province: '省级管理员', city: '市级管理员', county: '县级监督员', inspector: '执法人员', 'legal-reviewer': '法制审核人员', approver: '审批人', publisher: '发布人', 'quality-centre': '质控中心人员', expert: '专家',
  institution: '机构经办人', 'institution-head': '机构负责人', auditor: '审计人员', operator: '运维人员', 'system-admin': '系统管理员', 'security-admin': '安全管理员', 'audit-admin': '审计管理员',
};
const relationNames: Record<Relation, string> = { own: '本辖区', below: '下级辖区', above: '上级组织而涉及本辖区', self: '本机构', any: '不限辖区' };
const summaries = new Map(allRoutes.map((route) => [operationOf(route), route.summary]));

const lineOf = ({ operation, relation, condition, states, agency, stepUp, because }: Right): string =>
  `| ${summaries.get(operation) ?? operation} | ${relation.map((one) => relationNames[one]).join('、')} | ${[...(agency === 'named' && !condition.some((one) => one.startsWith('duty-agency')) ? ['指定机关'] : []), ...condition.map((one) => conditions[one]), ...(states.size ? [statesText(states)] : []), ...(stepUp ? ['须重新确认身份'] : [])].join('；') || '—'} | ${because} | \`${operation}\` |`;

/** The table for officers: who can do what, role by role, first what changes something, then what is only read. */
export function accessDocument(): string {
  const part = (role: Role): string => {
    const own = rights.filter((right) => right.roles.includes(role));
    const [reads, writes] = [own.filter(({ operation }) => operation.startsWith('GET ')), own.filter(({ operation }) => !operation.startsWith('GET '))];
    const table = (title: string, lines: readonly Right[]): string => `### ${title}\n\n${lines.length ? `| 事项 | 范围 | 条件 | 理由 | 接口 |\n|---|---|---|---|---|\n${lines.map(lineOf).join('\n')}` : '无。'}\n`;
    return `## ${roleNames[role]}（${role}）\n\n${table('可以办理', writes)}\n${table('可以查看', reads)}`;
  };
  return `# 谁可以做什么\n\n本文由 \`access.csv\` 生成，不要手改。没有列出的，一律不能做。「本辖区」「下级辖区」以当天的任职和隶属关系为准；范围以外的事项，系统答复为不存在。条件中写明事项状态的，事项处于其他状态时不能办理，系统说明原因；期限、结论等由政策包和各项规则另行判断。\n\n${roles.map(part).join('\n')}`;
}
