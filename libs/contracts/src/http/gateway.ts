import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { roles } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zArea, zCited } from './route.js';

const room = 'gateway' as const;
const place = z.object({ code: z.string(), name: z.string(), institutionId: z.string().nullable(), institutionName: z.string().nullable() });

export const getMe = defineRoute({
  room, method: 'GET', path: '/api/v1/me', summary: '当前登录人、角色与辖区', roles,
  answer: z.object({ id: z.string(), name: z.string(), role: z.enum(roles), places: z.array(place) }),
});
export const getClock = defineRoute({
  room, method: 'GET', path: '/api/v1/clock', summary: '系统时间（演示时钟时注明）', roles,
  answer: z.object({ now: zInstant, today: zDate, demonstration: z.boolean(), scale: z.number() }),
});
export const listPacks = defineRoute({
  room, method: 'GET', path: '/api/v1/packs', summary: '已安装的政策包', roles,
  answer: z.object({ items: z.array(z.object({ id: z.string(), version: z.number().int(), hash: z.string(), title: z.string(), jurisdiction: z.string() })), next: z.null() }),
});
const ofPack = z.strictObject({ place: z.string(), plan: z.string(), version: z.coerce.number().int() });
const packNamed = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+@\d+$/, '政策包写作 地区/方案@版本');
export const getPack = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}', summary: '政策包的条款、参数与表式', roles, params: ofPack,
});
export const getPackSource = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/source', summary: '政策包所依据的文件原文', roles, params: ofPack,
  answer: z.object({ title: z.string(), source: z.string(), sha256: z.string(), text: z.string() }),
});
const packFinding = z.object({ id: z.string(), kind: z.string(), severity: z.enum(['error', 'warning', 'info']), clauses: z.array(z.string()), message: z.string(), quote: z.string().optional(), reading: z.string().optional() });
export const checkPack = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/check', summary: '校核政策包：文本中的矛盾、空缺与重叠，样例是否相符', roles, params: ofPack,
  query: z.strictObject({ asPrinted: z.enum(['true', 'false']).default('false'), with: packNamed.optional() }),
  answer: z.object({ pack: z.string(), calendar: z.string(), ok: z.boolean(), findings: z.array(packFinding), cases: z.object({ passed: z.number().int(), failed: z.number().int(), failures: z.array(z.object({ title: z.string(), expected: z.unknown(), actual: z.unknown() })) }) }),
});
export const diffPacks = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/diff', summary: '与另一版本或另一政策包的差异，逐值列出', roles, params: ofPack, query: z.strictObject({ with: packNamed }),
  answer: z.object({ from: z.string(), to: z.string(), differences: z.array(z.object({ path: z.string(), old: z.unknown(), new: z.unknown(), clauses: z.array(z.string()) })) }),
});
export const explainDecision = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/decisions/{decision}', summary: '一项决策为何如此：输入、规则、条款原文', roles,
  params: ofPack.extend({ decision: z.string() }), query: z.strictObject({ inputs: z.string().max(4000).default('{}') }),
  answer: z.object({
    determined: z.boolean(), value: z.unknown(), reason: z.string().nullable(), rule: z.string().nullable(), clauses: z.array(z.object({ id: z.string(), quote: z.string() })),
    inputs: z.record(z.string(), z.unknown()), missing: z.array(z.string()), pack: z.string(), calendar: z.string().nullable(),
  }),
});
export const planPack = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/plan', summary: '按此政策包会产生的阶段、任务与期限（只作推演，不建立行动）', roles, params: ofPack,
  query: z.strictObject({
    units: z.string().max(20_000).regex(/^[a-z0-9-]{3,40}(,[a-z0-9-]{3,40})*$/, '区划代码以逗号分隔').optional(),
    /** Days the units set for themselves, `unit:duty:day`; what the pack does not allow comes back in `refused`. */
    dates: z.string().max(12_000).regex(/^[a-z0-9-]{3,40}:[\w-]+:\d{4}-\d{2}-\d{2}(,[a-z0-9-]{3,40}:[\w-]+:\d{4}-\d{2}-\d{2})*$/, '自定日期写作 区划:任务:日期，以逗号分隔').optional(),
  }),
});

const rehearsedBody = z.strictObject({ id: text(60), name: text(120), kind: z.string().max(60), city: zArea, inspectors: z.array(text(60)).max(20).default([]) });
/** A province: 14 cities of 400 bodies each. */
const mostRehearsed = 5600;
const percent = z.number().min(0).max(100);
const counted = z.number().int();
/** Played in full before anything is launched; nothing of it is kept. Equal questions give equal answers, and an equal hash. */
export const rehearsePack = defineRoute({
  room, method: 'POST', path: '/api/v1/packs/{place}/{plan}/{version}/rehearsal', summary: '推演：按方案把整个行动走一遍，看期限、通知、检查量与迟报的后果（不留任何数据）', roles: ['province', 'city', 'county'], params: ofPack,
  body: z.strictObject({
    bodies: z.array(rehearsedBody).min(1).max(mostRehearsed), late: percent, failing: percent.optional(), seed: z.number().int().min(0).max(2_147_483_647), visitsAWeek: z.number().int().min(1).max(100).optional(),
    unitNames: z.record(zArea, z.string().max(60)).optional(), dates: z.array(z.strictObject({ unit: z.string(), duty: z.string(), on: zDate })).max(4000).default([]),
  }),
  answer: z.object({
    hash: z.string(), pack: z.string(), calendar: z.string(), assumptions: z.object({ seed: counted, late: z.number(), failing: z.number(), latestByDays: counted, officers: counted, visitsAWeek: counted }),
    cities: z.array(z.object({ city: z.string(), bodies: counted, inspectors: counted })),
    deadlines: z.array(z.object({ city: z.string(), duty: z.string(), institution: z.string().nullable(), dueOn: zDate })),
    perDay: z.array(z.object({ on: zDate, deadlines: counted, notices: counted, told: counted, reminders: counted, overdue: counted, reports: counted, visits: counted, cases: counted })),
    perInspectorWeek: z.array(z.object({ city: z.string(), inspector: z.string(), week: zDate, visits: counted })),
    overloaded: z.array(z.object({ city: z.string(), inspector: z.string(), week: zDate, visits: counted, limit: counted })),
    late: z.array(z.object({ city: z.string(), institution: z.string(), name: z.string(), duty: z.string(), dueOn: zDate, doneOn: zDate, consequence: z.string().nullable(), until: zDate.nullable(), clauses: z.array(z.string()) })),
    keySupervision: z.array(z.object({ city: z.string(), institution: z.string(), from: zDate, until: zDate.nullable(), visitOn: zDate.nullable(), clauses: z.array(z.string()) })),
    cases: z.array(z.object({ city: z.string(), institution: z.string(), on: zDate, decision: z.unknown(), reason: z.string().nullable(), clauses: z.array(z.string()) })),
    outside: z.array(z.string()), unvisited: z.array(z.object({ city: z.string(), institution: z.string(), duty: z.string() })), understaffed: z.array(z.string()),
  }),
});

/** Dates taken over from this pack by a draft for a later year, each to be confirmed: where it stands, what it was, what is proposed, and why that day may not do. */
const proposedDate = z.object({ place: z.string(), title: z.string(), was: z.string(), now: z.string(), dayOff: z.string().nullable(), clauses: z.array(z.string()) });
export const proposeNextYear = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}/next-year', summary: '以此为底的下一年草稿：逐个列出推移的日期（只列出，不建立任何东西）', roles: ['province', 'city', 'county'], params: ofPack,
  query: z.strictObject({ /** 不填即为下一年 */ year: z.coerce.number().int().min(2000).max(2149).optional() }),
  answer: z.object({ id: z.string(), year: z.number().int(), from: z.string(), calendar: z.string(), dates: z.array(proposedDate) }),
});
export const draftNextYear = defineRoute({
  room, method: 'POST', path: '/api/v1/packs/{place}/{plan}/{version}/next-year', summary: '生成下一年的政策包草稿（不留数据；换上新文件的条款、逐个确认日期以后才能装入）', roles: ['province', 'city', 'county'], params: ofPack,
  body: z.strictObject({ year: z.number().int().min(2000).max(2149), /** 逐个写明的日期，位置如所列 */ dates: z.array(z.strictObject({ place: z.string().max(300), on: z.string().max(10) })).max(2000) }),
  answer: z.object({ id: z.string(), year: z.number().int(), from: z.string(), files: z.array(z.object({ name: z.string(), text: z.string() })) }),
});

const calendarDay = z.object({ on: zDate, working: z.boolean(), kind: z.enum(['weekday', 'weekend', 'holiday', 'make-up']), firm: z.boolean(), notice: z.string().nullable() });
export const getCalendarMonth = defineRoute({
  room, method: 'GET', path: '/api/v1/calendar/months/{month}', summary: '一个月的工作日、休息日与调休，及所依据的通知', roles,
  params: z.strictObject({ month: z.string().regex(/^(19[5-9]\d|20\d\d|21[0-4]\d)-(0[1-9]|1[0-2])$/, '月份写作 2024-05') }),
  answer: z.object({ month: z.string(), calendar: z.string(), days: z.array(calendarDay) }),
});
const length = z.coerce.number().int().min(0).max(36_525).optional();
/** How a date was reached: the days that were counted. */
export const explainDue = defineRoute({
  room, method: 'GET', path: '/api/v1/calendar/due', summary: '期限怎么算：起算日、天数、逐日计数', roles,
  query: z.strictObject({ from: zDate, workingDays: length, days: length, months: length, years: length, roll: z.enum(['none', 'forward']).default('none') }),
  answer: z.object({ on: zDate, firm: z.boolean(), calendar: z.string(), counted: z.array(zDate), because: z.string() }),
});

const calendarNotice = z.object({
  noticeId: z.string(), year: z.number().int(), number: z.string().nullable(), title: z.string().nullable(), source: z.string().nullable(), off: z.array(zDate), workdays: z.array(zDate),
  state: z.enum(['preview', 'confirmed']), calendar: z.string(), loadedBy: z.string(), loadedAt: zInstant, confirmedBy: z.string().nullable(), confirmedAt: zInstant.nullable(), version: z.number().int(),
});
export const listCalendarNotices = defineRoute({
  room, method: 'GET', path: '/api/v1/calendar-notices', summary: '放假通知：已录入的和已确认的（系统自带的各年通知不在其列）', roles, query: z.strictObject(page), answer: pageOf(calendarNotice),
});
export const proposeCalendarNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/calendar-notices', summary: '录入放假通知：确认之前不变动任何期限', says: ['/number', '/title', '/source'], roles: ['province', 'city', 'operator'],
  body: z.strictObject({
    year: z.number().int().min(1950).max(2149), number: z.string().trim().min(1).max(60).nullable(), title: z.string().trim().min(1).max(200).optional(), source: z.string().trim().min(1).max(500).optional(),
    off: z.array(zDate).min(1).max(120), workdays: z.array(zDate).max(60),
  }), answer: calendarNotice,
});
export const confirmCalendarNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/calendar-notices/{noticeId}/confirmation', summary: '确认放假通知：未到期的暂定期限据此重新计算', roles: ['province', 'city'], ifMatch: true,
  params: z.strictObject({ noticeId: z.uuid() }), answer: calendarNotice,
});

/** Rooms with days that rest on the calendar; each keeps what a notice would move in it. */
export const clockRooms = ['inspection', 'publication'] as const;
export const clockKinds = ['duty', 'rectification-report', 'notice', 'objection'] as const;
/** One open clock: a duty of a unit (`bodies`: on how many it is open; none while its stage has not opened), or a day of one body's own. `old` equals `new` where it only becomes certain. */
const clock = {
  clock: z.string(), kind: z.enum(clockKinds), title: z.string(), place: z.string(), placeName: z.string(), institutionId: z.string().nullable(), institution: z.string().nullable(), bodies: z.number().int(),
  old: zDate, new: zDate, firm: z.boolean(), clauses: z.array(z.string()), pack: z.string(),
};
const clockReaders = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'] as const;
const clocksAsked = z.strictObject({ from: zDate, to: zDate, campaignId: z.uuid().optional(), unit: z.string().max(20).optional() });
/**
 * A day on which something ends: a duty of a running campaign, reports of rectification of a year of colours, a notice, the answer
 * to an objection. The last three are of no campaign; a notice and an objection each stand for themselves (`subject`).
 * `planned`: its stage has not opened yet, nobody is bound by it so far.
 */
export const clockDay = z.object({
  kind: z.enum(clockKinds), campaignId: z.string().nullable(), campaign: z.string(), unit: z.string(), unitName: z.string(), institution: z.string().nullable(), subject: z.string().nullable(), duty: z.string(), title: z.string(), dueOn: zDate, firm: z.boolean(), planned: z.boolean(),
  open: z.number().int(), overdue: z.number().int(), done: z.number().int(), because: z.string().nullable(), ...zCited,
});
/** Gathered from all rooms with clocks: 503 while one does not answer, for whoever plans by a list with a gap misses a day. */
export const listClocks = defineRoute({
  room, method: 'GET', path: '/api/v1/clocks', summary: '一段日子里到期的期限（专项行动的任务、整改报告、公示、异议答复），按行动、辖区、任务和日期归并', roles: clockReaders, query: clocksAsked, answer: z.object({ items: z.array(clockDay), more: z.boolean() }),
});
export const downloadClocks = defineRoute({
  room, method: 'GET', path: '/api/v1/clocks.ics', summary: '同上，供日历软件订阅或导入（iCalendar）', roles: clockReaders, query: clocksAsked, answersFile: 'text/calendar',
});

/** 已复核：看过的人、时间和意见；最近一次 */
const look = z.object({ clock: z.string(), note: z.string(), by: z.string(), at: zInstant });
export const lookAtReview = defineRoute({
  room, method: 'POST', path: '/api/v1/calendar-notices/{noticeId}/looks', summary: '注明已复核一项暂定日期上办理的事项（不变动期限，不认定逾期）', roles: ['province', 'city', 'county'],
  params: z.strictObject({ noticeId: z.uuid() }), body: z.strictObject({ /** 清单中的一项 */ clock: z.string().min(1).max(300), note: text(300) }), answer: look,
});

/** What a holiday notice would move, gathered from all rooms: 404 until each has reckoned it, 503 while one does not answer, for a list with a gap is none. It moves nothing. */
export const getCalendarPreview = defineRoute({
  room, method: 'GET', path: '/api/v1/calendar-previews/{noticeId}', summary: '放假通知会变动的期限（确认之前一个也不变）', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor', 'operator'],
  params: z.strictObject({ noticeId: z.uuid() }),
  answer: z.object({
    noticeId: z.string(), calendar: z.string(), heardAt: zInstant, moved: z.array(z.object(clock)),
    /** Would differ and stays all the same: its day has passed, or it would shorten a firm day already binding somebody. */
    kept: z.array(z.object({ ...clock, why: z.enum(['passed', 'shortened']) })),
    /** Once it is confirmed: what was done while its day was provisional (`old`) and lies behind the day that is certain now (`new`); whether it was late is for an officer to say. */
    review: z.array(z.object({ ...clock, doneAt: zInstant, /** Absent: nobody has looked at it yet. */ looked: look.optional() })),
  }),
});
