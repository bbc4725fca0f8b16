import { z } from 'zod';
import { edge, localDate } from './dates.schema.js';
import { due } from './due.schema.js';
import {
  agencyKinds, agencyLevels, attachmentKinds, clauseId, clauseList, consequences, dutyKinds, dutySubjects, institutionKinds, readingId, stageKinds, word,
} from './vocabulary.js';

const areaCode = z.string().regex(/^\d{6}$/, '区划代码为六位数字');

const missed = z
  .strictObject({ consequence: z.enum(['none', ...consequences]), until: localDate.optional(), clauses: z.array(clauseId).default([]) })
  .refine((it) => it.consequence === 'none' || it.clauses.length > 0, '写明后果须同时写明条款，没有条款的写 none');

const duty = z.strictObject({
  id: word.describe('工作的编号'),
  kind: z.enum(dutyKinds).describe('工作的种类'),
  title: z.string().min(1),
  subject: z.enum(dutySubjects).describe('institution：每家机构一项；unit：每个填报单位一项；campaign：全部一项'),
  actor: word.optional().describe('由谁办理：institution 或 agencies 中的编号'),
  jointly: z.array(word).default([]).describe('会同办理的机关'),
  receiver: word.optional().describe('报送给谁'),
  copyTo: z.array(word).default([]).describe('抄送'),
  form: word.optional().describe('所用表格'),
  checklist: word.optional().describe('所用检查清单'),
  due: due.describe('期限'),
  supersedes: z.array(z.strictObject({ on: localDate, wording: z.string(), reading: readingId.optional() })).default([]).describe('文件另外印出、不采用的日期'),
  unitMayBringForward: z.boolean().default(false).describe('填报单位可否自行提前'),
  missed: missed.default({ consequence: 'none', clauses: [] }).describe('逾期的后果；没有条款规定的写 none'),
  sealed: z.boolean().optional().describe('须加盖公章'),
  attachments: z.array(z.enum(attachmentKinds)).optional().describe('须附的材料'),
  mode: z.literal('unannounced', '只能写 unannounced').optional().describe('四不两直：到达之前不通知'),
  sample: word.optional().describe('抽样规则，rules.yaml 中 samples 的编号'),
  decision: word.optional().describe('登记办理时据以作出结论的决策表，decisions 中的编号'),
  reminders: z.array(z.strictObject({ daysBefore: z.int().min(0).max(366) })).default([]).describe('期限前几日提醒；文件没有要求，由我们设定'),
  clauses: clauseList,
});

const stage = z
  .strictObject({
    id: word, kind: z.enum(stageKinds), title: z.string().min(1),
    opens: edge.optional().describe('开始'), closes: edge.optional().describe('结束'),
    undated: z.literal(true, '只能写 true').optional().describe('文件没有给出时间的里程碑'),
    printed: z.boolean().default(true).describe('标题是否为原文'),
    supersedes: z.array(z.strictObject({ opens: edge.optional(), closes: edge.optional(), wording: z.string(), reading: readingId.optional() })).default([]).describe('文件另外印出、不采用的起止'),
    clauses: clauseList, duties: z.array(duty),
  })
  .refine((it) => (it.undated ? !it.opens && !it.closes : !!it.opens && !!it.closes), '阶段须写明开始（opens）和结束（closes）；没有时间的写 undated: true');

const agency = z.strictObject({
  name: z.string().min(1), level: z.enum(agencyLevels), kind: z.enum(agencyKinds).optional(), jurisdiction: areaCode.optional(),
  from: localDate.optional(), to: localDate.optional(), replacedBy: word.optional().describe('其后由哪个机关接替'),
  functions: z.array(word).optional(),
});

/** campaign.yaml: who takes part, the stages, and the duties of each stage. */
export const campaignSchema = z.strictObject({
  agencies: z.record(word, agency).describe('办理和接收的机关'),
  scope: z.strictObject({ kinds: z.array(z.enum(institutionKinds)).min(1), filed: z.boolean(), operating: z.boolean(), visitors: z.boolean().optional().describe('是否包括外地来本地服务的机构'), clauses: clauseList }).describe('适用的机构'),
  units: z.array(z.strictObject({ code: areaCode, name: z.string().min(1) })).default([]).describe('通常的填报单位'),
  unitWord: z.string().min(1).max(10).optional().describe('填报单位的统称，如：区、县（市）；不写即由填报单位的名称得出'),
  stages: z.array(stage).min(1, '至少有一个阶段'),
});

/** As read: what units are called is always said. */
export type Campaign = z.output<typeof campaignSchema> & { unitWord: string };
export type Agency = z.output<typeof agency>;
export type StageRule = z.output<typeof stage>;
export type DutyRule = z.output<typeof duty>;
export type { After, DueRule } from './due.schema.js';
