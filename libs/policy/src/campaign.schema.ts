import { z } from 'zod';
import { edge, localDate } from './dates.schema.js';
import { agencyLevels, clauseId, clauseList, dutyKinds, dutySubjects, institutionKinds, readingId, rollRules, stageKinds, startEvents, word } from './vocabulary.js';

const days = z.int('应为整数').min(1, '至少为 1').max(3660, '不得超过 3660');

/** Exactly one of: a day, the end of the stage, so many days after an event. */
const due = z
  .strictObject({
    on: localDate.optional(),
    endOfStage: z.literal(true, '只能写 true').optional(),
    after: z.strictObject({ event: z.enum(startEvents) }).optional(),
    workingDays: days.optional(), days: days.optional(), months: days.optional(),
    roll: z.enum(rollRules).default('none'),
    inclusive: z.boolean().default(true),
    wording: z.string().optional(),
  })
  .transform(({ on, endOfStage, after, workingDays, days: calendarDays, months, roll, inclusive, wording }, ctx) => {
    const refuse = (message: string) => (ctx.addIssue({ code: 'custom', message }), z.NEVER);
    const spans = [workingDays && { workingDays }, calendarDays && { days: calendarDays }, months && { months }].filter((span) => !!span);
    if ([on, endOfStage, after].filter(Boolean).length !== 1) return refuse('期限须在日期（on）、阶段结束（endOfStage）、事件之后（after）中取一');
    if (spans.length !== (after ? 1 : 0)) return refuse('只有写明事件（after）的期限才写天数，并在 workingDays、days、months 中取一');
    const [span] = spans;
    if (after && span) return { kind: 'after' as const, after: { event: after.event, ...span }, roll, inclusive, wording };
    if (on) return { kind: 'on' as const, on, roll, inclusive, wording };
    return { kind: 'endOfStage' as const, roll, inclusive, wording };
  });

const duty = z.strictObject({
  id: word,
  kind: z.enum(dutyKinds),
  title: z.string().min(1),
  subject: z.enum(dutySubjects),
  actor: word.optional(),
  receiver: word.optional(),
  copyTo: z.array(word).default([]),
  form: word.optional(),
  checklist: word.optional(),
  due,
  supersedes: z.array(z.strictObject({ on: localDate, wording: z.string(), reading: readingId.optional() })).default([]),
  unitMayBringForward: z.boolean().default(false),
  missed: z
    .strictObject({ consequence: z.string().min(1), clauses: z.array(clauseId).default([]) })
    .refine((it) => it.consequence === 'none' || it.clauses.length > 0, '写明后果须同时写明条款，没有条款的写 none')
    .default({ consequence: 'none', clauses: [] }),
  reminders: z.array(z.strictObject({ daysBefore: z.int().min(0).max(366) })).default([]),
  clauses: clauseList,
});

const stage = z.strictObject({
  id: word, kind: z.enum(stageKinds), title: z.string().min(1),
  opens: edge, closes: edge, clauses: clauseList, duties: z.array(duty),
});

/** campaign.yaml: who takes part, the stages, and the duties of each stage. */
export const campaignSchema = z.strictObject({
  agencies: z.record(word, z.strictObject({ name: z.string().min(1), level: z.enum(agencyLevels) })),
  scope: z.strictObject({ kinds: z.array(z.enum(institutionKinds)).min(1), filed: z.boolean(), operating: z.boolean(), clauses: clauseList }),
  units: z.array(z.strictObject({ code: z.string().regex(/^\d{6}$/, '区划代码为六位数字'), name: z.string().min(1) })).default([]),
  stages: z.array(stage).min(1, '至少有一个阶段'),
});

export type Campaign = z.output<typeof campaignSchema>;
export type StageRule = z.output<typeof stage>;
export type DutyRule = z.output<typeof duty>;
export type DueRule = z.output<typeof due>;
export type After = Extract<DueRule, { kind: 'after' }>['after'];
