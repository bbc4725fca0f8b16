import { z } from 'zod';

/**
 * The words a pack may use. The vocabulary is code, the sentences are data:
 * a pack that needs a new word is a code change, a pack that uses these words never is.
 */
export const institutionKinds = [
  'occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis',
  'radiation-medical', 'pneumoconiosis-rehabilitation', 'disease-control-centre', 'hospital',
] as const;
export const stageKinds = ['preparation', 'self-check', 'enforcement', 'summary', 'reporting', 'improvement', 'capability', 'supervision', 'milestone'] as const;
export const dutyKinds = [
  'base-list', 'local-plan', 'notification', 'self-check-report', 'self-check-form', 'site-check', 'extension-check', 'summary', 'roll-up',
  'study', 'issue-list', 'improvement-plan', 'baseline-register', 'self-check-summary', 'pledge', 'disclosure', 'quality-monitoring',
  'rectification', 'rectification-report', 'annual-summary', 'progress-report', 'capability-confirmation', 'comparison', 'local-guide',
  'suspension-request', 'registry-entry', 'violation-notice', 'guidance', 'training', 'evaluation-check', 'staff-assessment', 'work-plan', 'publicity', 'colouring',
] as const;
export const dutySubjects = ['institution', 'unit', 'campaign'] as const;
export const findingKinds = [
  'not-filed', 'chief-physician', 'suspected-disease-report', 'false-certificate', 'archives',
  'not-to-standard', 'information-report', 'quality-assessment', 'other',
] as const;
export const sanctionKinds = ['warning', 'fine', 'confiscation', 'suspension', 'withdrawal', 'none'] as const;
export const agencyLevels = ['institution', 'unit', 'county', 'city', 'province', 'nation'] as const;
export const agencyKinds = [
  'health-commission', 'commission-division', 'enforcement-team', 'disease-control-bureau', 'cdc', 'qc-centre', 'supervision-bureau', 'work-safety-bureau', 'hospital',
] as const;
export const rollRules = ['none', 'forward'] as const;
/** A period without a length: the text gives none, or an agency writes one for each case. */
export const periodLimits = ['none', 'by-case'] as const;

/** What a period or a due date may hang on. */
export const startEvents = [
  'stage-opened', 'notified', 'visit-held', 'ordered', 'report-returned', 'decided', 'results-published',
  'results-posted', 'application-submitted', 'application-accepted', 'materials-complete', 'certificate-issued', 'result-decided', 'examined',
  'problem-found', 'violation-found', 'violation-handled', 'condition-lost', 'condition-restored', 'objection-raised', 'corrected', 'approved', 'penalty-decided',
  'evaluation-found', 'system-ready', 'document-issued',
] as const;

/** The date by which a variant or a dated list item is chosen. */
export const choosingDates = ['application-date', 'acceptance-date', 'decision-date', 'event-date', 'visit-date', 'filing-date', 'issue-date'] as const;

/** What the law attaches to a duty that was missed. */
export const consequences = ['key-supervision', 'case', 'escalation', 'finding', 'strict-penalty', 'concealment', 'circular', 'publication', 'withdrawal-request', 'resampling'] as const;

/** What may be asked for so and so often. */
export const activities = [
  'inspection', 'quality-monitoring', 'quality-assessment', 'evaluation-check', 'annual-evaluation', 'staff-assessment', 'comparison', 'capability-verification',
  'colouring', 'guidance', 'training', 'technical-service', 'annual-summary', 'random-inspection-plan', 'look-back',
] as const;

/** What a target counts. */
export const measures = [
  'institutions', 'institutions-inspected', 'institutions-quality-controlled', 'institutions-obliged-to-compare', 'institutions-compared',
  'service-cards-due', 'service-cards-uploaded', 'case-reports-due', 'case-reports-made', 'diagnosis-reports-due', 'diagnosis-reports-made',
  'evaluation-problems-found', 'evaluation-problems-corrected', 'quality-problems-found', 'quality-problems-corrected', 'cases-verified', 'cases-concluded',
] as const;

/** Which activity a measure of coverage needs: without it no body is covered. */
export const coveredBy: Partial<Record<(typeof measures)[number], (typeof activities)[number]>> = {
  'institutions-inspected': 'inspection', 'institutions-quality-controlled': 'quality-monitoring', 'institutions-compared': 'comparison',
};

/** 公示 · 公开 · 通报（系统内） · 告知有关机关. */
export const noticeKinds = ['posting', 'publication', 'circular', 'notification'] as const;

/** What a body's paper carries beside its text. */
export const attachmentKinds = ['issue-list', 'local-plan', 'self-check-form', 'rectification-evidence', 'responsibility-matrix'] as const;

/** What a base list of a campaign may ask about a body. */
export const baseListFields = ['address', 'contact', 'filing-categories', 'filing-items', 'outreach'] as const;

/** How bodies may be told of a campaign. */
export const notificationModes = ['meeting-online', 'meeting-on-site', 'message'] as const;

/** What is known of a body when a form asks whether to list it. */
export const listingFacts = ['filedHere', 'filedElsewhere', 'finding', 'punishedThroughExtension'] as const;

/** Where the cells of a form column come from. */
export const columnSources = [
  'row-number', 'institution-name', 'institution-address', 'filing-categories', 'outreach',
  'volume-employers', 'volume-workers', 'self-check-problems',
  ...findingKinds.map((kind) => `finding:${kind}` as const),
  'sanction:warning', 'sanction:fine-wan',
  'issue-item', 'issue-class', 'issue-standard', 'issue-text', 'issue-cause', 'issue-measure', 'issue-responsible', 'issue-due', 'issue-state',
] as const;

export type InstitutionKind = (typeof institutionKinds)[number];
export type StageKind = (typeof stageKinds)[number];
export type DutyKind = (typeof dutyKinds)[number];
export type DutySubject = (typeof dutySubjects)[number];
export type FindingKind = (typeof findingKinds)[number];
export type SanctionKind = (typeof sanctionKinds)[number];
export type AgencyLevel = (typeof agencyLevels)[number];
export type StartEvent = (typeof startEvents)[number];
export type AgencyKind = (typeof agencyKinds)[number];
export type Consequence = (typeof consequences)[number];
export type Activity = (typeof activities)[number];
export type Measure = (typeof measures)[number];
export type NoticeKind = (typeof noticeKinds)[number];
export type ColumnSource = (typeof columnSources)[number];
export type ListingFact = (typeof listingFacts)[number];

/** What of a laboratory's results in a comparison can be counted. */
export const comparisonCounts = ['items', 'reported', 'missing', 'satisfactory', 'questionable', 'unsatisfactory', 'points', 'most-points'] as const;
/** Robust statistics of a round (ISO 13528, GB/T 28043). */
export const robustMethods = ['algorithm-a', 'median-niqr'] as const;
/** Of whom a published rate of a comparison is: both usages occur, so a scheme says which. */
export const denominators = ['registered', 'submitting', 'evaluated'] as const;
export type ComparisonCount = (typeof comparisonCounts)[number];
export type RobustMethod = (typeof robustMethods)[number];
export type Denominator = (typeof denominators)[number];

/** What a check finds, and a reading answers. */
export const contradictions = [
  'duplicate-deadline', 'day-off', 'no-year', 'short-window', 'overlap', 'order', 'band-gap', 'missing-input', 'unmapped',
  'undefined-period', 'no-limit', 'zero-denominator', 'conflict', 'superseded', 'unlisted', 'title-differs', 'no-actor',
  'no-receiver', 'outside-parent', 'unreachable', 'band-overlap', 'sum', 'off-grid', 'unquoted', 'quote-missing', 'personal-data',
  'against-law', 'unopened', 'unknown-name', 'missing-name',
] as const;
export type ContradictionKind = (typeof contradictions)[number];

/** Sections of a pack in which a thing is found by its id. */
export const ruleSections = ['periods', 'frequencies', 'targets', 'scales', 'bands', 'inputs', 'samples', 'shares', 'notices', 'lists', 'runs', 'indicators', 'schemes', 'values'] as const;
export type RuleSection = (typeof ruleSections)[number];

/** Sections of a law file, each with bounds of one kind. */
export const lawSections = ['periods', 'frequencies', 'shares', 'numbers', 'values', 'deciders'] as const;
export type LawSection = (typeof lawSections)[number];
/** Beside its bounds a law file says on which clauses decisions rest that no document of a campaign orders. */
export const lawParts = [...lawSections, 'grounds'] as const;
export type LawPart = (typeof lawParts)[number];
/** Those decisions: 公开名录, 备案, 资质, 注销备案或资质终止, 注销, 撤销, 吊销, 核实开展情况, 暂停, 恢复, 放假通知, 质量考核通报. */
export const groundedDecisions = ['register-publication', 'filing', 'qualification', 'closure', 'cancellation', 'withdrawal', 'revocation', 'operation', 'suspension', 'resumption', 'calendar', 'circular'] as const;
export type GroundedDecision = (typeof groundedDecisions)[number];
/** 法律 · 行政法规 · 规章 · 规范性文件. */
export const lawRanks = ['law', 'regulation', 'rule', 'document'] as const;
/** GB/T 2260 has no code for the whole country; law that holds everywhere says so by this one. */
export const wholeNation = '000000';

/** A word that other files refer to: `self-check`, `T-F1`, `district-supervision`. */
export const word = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, '编号只能用字母、数字和连字符，并以字母开头');
export const clauseId = z.string().regex(/^[A-Z]{2,4}-\d{4}-\d{2,3}$/, '条款编号应形如 XX-2024-07');
export const readingId = z.string().regex(/^AMB-[A-Z]{2,4}-\d+$/, '理解编号应形如 AMB-XX-1');
export const clauseList = z.array(clauseId).min(1, '至少写明一个条款');

/** How messages name the kinds of institution. */
export const institutionNames: Record<InstitutionKind, string> = {
  'occupational-health-service': '职业卫生技术服务机构', 'radiation-health-service': '放射卫生技术服务机构', 'health-examination': '职业健康检查机构', 'disease-diagnosis': '职业病诊断机构',
  'radiation-medical': '放射诊疗机构', 'pneumoconiosis-rehabilitation': '尘肺病康复站', 'disease-control-centre': '疾病预防控制中心', hospital: '医院',
};

/** Which duties sum up which others: they cannot be due before them. */
export const sumsUp: Partial<Record<DutyKind, readonly DutyKind[]>> = {
  'self-check-form': ['self-check-report'], 'self-check-summary': ['self-check-report', 'self-check-form'],
  summary: ['site-check', 'extension-check', 'self-check-form'], 'roll-up': ['summary', 'self-check-form', 'self-check-summary'], 'annual-summary': ['progress-report'],
  'improvement-plan': ['issue-list'],
};
