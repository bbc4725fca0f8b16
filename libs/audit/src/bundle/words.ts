/** What steps and moments are called. */
export const stepWords: Readonly<Record<string, string>> = {
  planCampaign: '确定参加单位', openUnits: '统一开展各单位到期的工作', planUnit: '排定节点', nextStep: '查询下一步', takeRoster: '接收名单', openStage: '开启阶段', remind: '催办', sweep: '清点逾期', closeStage: '结束阶段',
  finishUnit: '单位办结', finishCampaign: '行动办结', freezeRoster: '冻结名单', freezeRosters: '统一冻结名单',
  proposeColours: '计算拟定颜色', colourYearEnd: '查询年终时点', countRedYears: '累计连续红色年数', closeColourYear: '年终清理', noticeStep: '查询公示期限', publishReady: '公布期满的结果',
  takeColours: '接收公开的颜色', nextConsequence: '查询下一步', remindReports: '提醒提交整改报告', sweepReports: '清点逾期未报的整改报告', closeCheckYear: '列明年末应检查而未检查的机构', 'year-end': '年终清理',
  'freeze-roster': '冻结名单', 'open-stage': '开启阶段', 'close-stage': '结束阶段', suspended: '暂停', done: '完成',
};

/** What commands are called, by their note. */
export const resultWords: Readonly<Record<string, string>> = {
  'campaign drafted': '拟定专项行动', 'campaign approved': '批准专项行动', 'campaign amended': '调整专项行动', 'campaign finished': '专项行动办结', 'unit finished': '单位办结',
  'moment open-stage': '开启阶段', 'moment close-stage': '结束阶段', 'moment sweep': '清点逾期', 'moment remind': '催办', 'moment freeze-roster': '接收名单',
  'plan filed': '报备本地方案', 'institutions notified': '告知机构', 'notice acknowledged': '机构确认收悉', 'self-check submitted': '报送自查报告', 'self-check accepted': '受理自查报告', 'self-check returned': '退回自查报告',
  'visit opened': '开始检查', 'visit recorded': '登记检查', 'archives listed': '登记档案名单', 'archives drawn': '抽取档案', 'sample drawn': '抽取检查对象', 'sample re-opened': '补充检查对象', 'case filed': '立案', 'task assigned': '交办事项', 'task handed over': '移交事项', 'case decided': '作出处理决定', 'penalty recorded': '登记处罚决定书', 'penalty withdrawn': '撤回公开的处罚决定', 'penalty changed': '登记变更后的处罚决定',
  'form sent': '报送报表', 'duty recorded': '登记任务完成', 'measure entered': '填报数据', 'reminder issued': '发出催办', 'flag raised': '列为重点监督或从轻、从严情形', 'flag lifted': '解除标记',
  'rectification ordered': '要求提交整改报告', 'rectification submitted': '提交整改报告', 'rectification returned': '退回整改报告', 'rectification accepted': '通过整改报告', 'rectification overdue': '整改报告逾期未报', 'rectification limited': '写明整改期限', 'rectification verified': '核实已整改', 'rectification missed': '限期未整改', 'rectification released': '不再要求整改报告',
  'calendar taken over': '采用新的放假安排', 'pack version moved': '改用政策包新版本', 'reports reminded': '提醒提交整改报告', 'check quotas counted': '确定检查次数', 'check recorded': '登记现场检查', 'check year closed': '列明年末应检查而未检查的机构', 'inspection summary sent': '报送监督执法总结', 'monitoring recorded': '登记质量监测', 'monitoring frequency fixed': '确定质量监测频次', 'monitoring summary sent': '报送质量监测总结',
  'review opened': '开启资质审查', 'review concluded': '办结资质审查', 'qualification recorded': '登记资质', 'qualification ended': '登记资质终止', 'provisional day looked at': '复核暂定日期上办理的事项', 'qualification suspended': '登记资质暂停', 'qualification resumed': '登记资质恢复', 'service place recorded': '登记服务地', 'service place ended': '终止登记服务地',
  'roster frozen': '冻结名单', 'roster amended': '调整名单', 'institution registered': '机构入册', 'institution corrected': '更正机构信息', 'filing recorded': '登记备案或资质', 'filing closed': '注销备案或资质', 'operation recorded': '核实执业情况',
  'register import previewed': '预览导入名单', 'register import confirmed': '确认导入名单', 'record published': '公开机构信息', 'penalty published': '公开处罚决定', 'penalty taken down': '撤下处罚决定', 'assessment circulated': '通报质量考核', 'campaign pack moved': '改用政策包新版本',
  'comparison planned': '拟定能力比对', 'comparison participant added': '增加参加机构', 'comparison participant excused': '免予参加能力比对', 'comparison opened': '启动能力比对', 'comparison samples sent': '发放比对样品', 'comparison samples received': '机构收到样品',
  'comparison withdrawn from': '机构退出能力比对', 'comparison submitted': '报送比对结果', 'comparison evaluated': '确定比对评定结果', 'comparison objected to': '对比对结果提出异议', 'comparison objection answered': '答复比对异议', 'comparison correction proposed': '提出更正比对结果', 'comparison correction decided': '决定比对结果更正', 'comparison corrected': '更正比对结果', 'comparison identities uncovered': '评定前揭开实验室身份',
  'evaluation opened': '启动绩效评估', 'evaluations submitted': '评分表提交复核', 'evaluations looked at': '复核评分表', 'evaluations signed': '审签评分', 'evaluation drafted': '填写评分表', 'evaluation returned': '退回评分表', 'evaluation corrected': '更正评分',
  'score import previewed': '预览导入评分表', 'score import confirmed': '确认导入评分表', 'colour correction drafted': '提出颜色更正', 'colour correction rejected': '不予更正颜色', 'colour corrected': '更正颜色', 'text erased': '依法删除填写内容', 'parked fact retried': '重试暂存的事实', 'refused: not an officer of this place': '拒绝非本辖区人员办理',
  'colour run opened': '启动年度分色', 'colours proposed': '计算拟定颜色', 'colours signed': '签发颜色', 'red years counted': '累计连续红色年数', 'colour year ended': '年终清理',
  'notice drafted': '拟定公示', 'notice draft changed': '修改公示稿', 'notice posted': '发布公示', 'notice withdrawn': '撤回公示', 'notice counted': '清点公示结果', 'notice lengthened': '按放假安排顺延公示', 'colours published': '公布颜色', 'colour withdrawn': '撤下已公布的颜色',
  'entry kept': '维持公示结果', 'entry superseded': '更正公示结果', 'objection raised': '提出异议', 'objection due': '指定异议答复期限', 'objection recounted': '按放假安排重算异议答复期限', 'objection answered': '答复异议',
};

/** What a fact that moves a workflow tells it. */
export const factWords: Readonly<Record<string, string>> = {
  'quality-control.colour-run-signed': '颜色已签发', 'quality-control.colour-revised': '颜色已更正', 'publication.notice-posted': '公示已发布', 'publication.notice-withdrawn': '公示已撤回', 'publication.notice-finished': '公示已结束',
  'publication.objection-raised': '收到异议', 'publication.objection-answered': '异议已答复', 'publication.colour-published': '颜色已公布', 'publication.colour-withdrawn': '已公布的颜色已撤下', 'quality-control.red-years-counted': '连续红色年数已累计',
};

const countWords: Readonly<Record<string, string>> = { opened: '列入', credited: '提前完成', reminded: '催办', overdue: '逾期', missed: '限期未整改', members: '名单内', inside: '纳入', done: '完成', late: '逾期完成', open: '未完成', cancelled: '撤销', in: '纳入', idle: '未执业', undetermined: '待核实' };
const tallyWords: Readonly<Record<string, string>> = { published: '公布', ready: '待在指定网站公布', waiting: '因异议暂缓', determined: '定色', undetermined: '待核实', counted: '累计', alarms: '预警', proposals: '提请研究', unpublished: '未公布', monitoring: '质量监测未完成' };

/** `列入 12 项、逾期 3 项`. */
export const countsOf = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([name, count]) => `${countWords[name] ?? name} ${count} 项`).join('、');

/** The counts that a step answers beside its lists: `公布 12 家、因异议暂缓 1 家`. */
export const talliesOf = (said: Readonly<Record<string, unknown>>): string => Object.entries(said).filter(([name, count]) => tallyWords[name] && typeof count === 'number').map(([name, count]) => `${tallyWords[name]} ${String(count)} 家`).join('、');

/** An instant as people say it: midnight is the end of the day before (`2024-09-23 24:00`). */
export const untilOf = (instant: string): string => {
  if (!/T00:00:00(?:\.000)?\+08:00$/.test(instant)) return instant.slice(0, 16).replace('T', ' ');
  return `${new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)} 24:00`;
};
