import type { Role } from '@zhijian/contracts';

/** The words for roles in answers to people; the console has the same. */
const words: Record<Role, string> = {
  province: '省级卫生健康部门', city: '市级卫生健康部门', county: '县级执法人员', inspector: '卫生监督员', 'legal-reviewer': '法制审核人员', approver: '批准人', publisher: '发布人',
  'quality-centre': '质量控制中心', expert: '评审专家', institution: '机构', 'institution-head': '机构负责人', auditor: '审计人员', operator: '运维人员',
  'system-admin': '系统管理员', 'security-admin': '安全管理员', 'audit-admin': '审计管理员',
};

/** Who may do it, and who can give somebody the right: the second sentence of a refusal. */
export const whoGrants = (roles: readonly Role[]): string => (roles.length
  ? `此项操作限：${roles.map((role) => words[role]).join('、')}。如因工作需要，可向所在辖区或上级卫生健康部门的安全管理员申请任命。`
  : '此项操作不对任何角色开放。');
