import type { AgencyKind, AreaLevel } from '@zhijian/contracts';

export const agencyWords: Record<AgencyKind, string> = {
  commission: '卫生健康委（局）', 'disease-control-bureau': '疾病预防控制局', 'enforcement-team': '卫生健康执法队伍', 'disease-control-centre': '疾病预防控制中心', 'quality-centre': '质量控制中心', 'supervision-bureau': '卫生监督所（局）',
};
export const levelWords: Record<AreaLevel, string> = { province: '省级', city: '市级', county: '县级', area: '功能区' };
export const actionWords: Record<string, string> = {
  'jurisdiction created': '设立区划', 'jurisdiction moved': '调整隶属关系', 'jurisdiction merged': '并入其他区划', 'agency created': '登记机关', 'agency changed': '变更机关', 'duty delegated': '委托职责', 'person registered': '登记人员',
  'person disabled': '停用人员', 'person enabled': '恢复人员', 'appointment granted': '任命', 'appointment delegated': '委托代行', 'appointment ended': '免职', 'directory begun': '建立目录',
};
/** From a day to a day, as people write it. */
export const spanWords = ({ from, to }: { from: string; to: string | null }): string => `${from} 至 ${to ?? '长期'}`;
