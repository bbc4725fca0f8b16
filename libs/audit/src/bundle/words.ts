/** What steps and moments are called. */
export const stepWords: Readonly<Record<string, string>> = {
  planCampaign: '确定参加单位', openUnits: '统一开展各单位到期的工作', planUnit: '排定节点', nextStep: '查询下一步', takeRoster: '接收名单', openStage: '开启阶段', remind: '催办', sweep: '清点逾期', closeStage: '结束阶段',
  finishUnit: '单位办结', finishCampaign: '行动办结', freezeRoster: '冻结名单', freezeRosters: '统一冻结名单',
  'freeze-roster': '冻结名单', 'open-stage': '开启阶段', 'close-stage': '结束阶段', suspended: '暂停', done: '完成',
};

/** What commands are called, by their note. */
export const resultWords: Readonly<Record<string, string>> = {
  'campaign drafted': '拟定专项行动', 'campaign approved': '批准专项行动', 'campaign amended': '调整专项行动', 'campaign finished': '专项行动办结', 'unit finished': '单位办结',
  'moment open-stage': '开启阶段', 'moment close-stage': '结束阶段', 'moment sweep': '清点逾期', 'moment remind': '催办', 'moment freeze-roster': '接收名单',
  'plan filed': '报备本地方案', 'institutions notified': '告知机构', 'notice acknowledged': '机构确认收悉', 'self-check submitted': '报送自查报告', 'self-check accepted': '受理自查报告', 'self-check returned': '退回自查报告',
  'visit opened': '开始检查', 'visit recorded': '登记检查', 'archives listed': '登记档案名单', 'archives drawn': '抽取档案', 'sample drawn': '抽取检查对象', 'sample re-opened': '补充检查对象', 'case filed': '立案', 'task assigned': '交办事项', 'task handed over': '移交事项', 'case decided': '作出处理决定',
  'form sent': '报送报表', 'duty recorded': '登记任务完成', 'measure entered': '填报数据', 'reminder issued': '发出催办', 'flag raised': '列为重点监督或从轻、从严情形', 'flag lifted': '解除标记',
  'roster frozen': '冻结名单', 'roster amended': '调整名单', 'institution registered': '机构入册', 'institution corrected': '更正机构信息', 'filing recorded': '登记备案', 'filing closed': '注销备案', 'operation recorded': '核实执业情况',
  'register import previewed': '预览导入名单', 'register import confirmed': '确认导入名单', 'record published': '公开机构信息', 'assessment circulated': '通报质量考核', 'campaign pack moved': '改用政策包新版本',
};

const countWords: Readonly<Record<string, string>> = { opened: '列入', credited: '提前完成', reminded: '催办', overdue: '逾期', members: '名单内', inside: '纳入', done: '完成', late: '逾期完成', open: '未完成', cancelled: '撤销', in: '纳入', idle: '未执业', undetermined: '待核实' };

/** `列入 12 项、逾期 3 项`. */
export const countsOf = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([name, count]) => `${countWords[name] ?? name} ${count} 项`).join('、');
