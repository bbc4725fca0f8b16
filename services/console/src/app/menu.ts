import type { Role } from './session.js';

interface Entry { path: string; label: string; roles: readonly Role[] }

const officers: readonly Role[] = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'];

/** What each role finds in the left menu. */
const entries: readonly Entry[] = [
  { path: '/campaigns', label: '专项行动', roles: [...officers, 'institution', 'institution-head'] },
  { path: '/tasks', label: '待办事项', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] },
  { path: '/colours', label: '分色管理', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] },
  { path: '/notices', label: '公示', roles: ['province', 'city', 'county', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'institution', 'institution-head'] },
  { path: '/objections', label: '异议', roles: ['province', 'city', 'county', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'institution', 'institution-head'] },
  { path: '/rectifications', label: '整改报告', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'institution', 'institution-head'] },
  { path: '/checks', label: '分类检查', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] },
  { path: '/monitorings', label: '质量监测', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] },
  { path: '/reviews', label: '资质审查', roles: ['province', 'city', 'county', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] },
  { path: '/institutions', label: '机构名录', roles: officers },
  { path: '/institutions/import', label: '导入名单', roles: ['province', 'city', 'county'] },
  { path: '/comparisons', label: '能力比对', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'expert', 'institution', 'institution-head', 'auditor'] },
  { path: '/evaluations', label: '绩效评估', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'expert', 'auditor'] },
  { path: '/calendar', label: '期限日历', roles: officers },
  { path: '/packs', label: '政策包', roles: officers },
  { path: '/decisions', label: '决定凭证', roles: ['province', 'city', 'county', 'quality-centre', 'auditor'] },
  { path: '/audit', label: '审计回放', roles: ['auditor'] },
  { path: '/administration', label: '组织管理', roles: ['system-admin', 'security-admin', 'audit-admin', 'auditor', 'operator'] },
  { path: '/operations', label: '运行监控', roles: ['operator', 'auditor'] },
];

export const menuFor = (role: Role): Entry[] => entries.filter(({ roles }) => roles.includes(role));

/** The entry a path belongs to: the longest that begins it. */
export const entryOf = (path: string): string => entries.map((it) => it.path).filter((it) => path === it || path.startsWith(`${it}/`)).sort((a, b) => b.length - a.length)[0] ?? '';
