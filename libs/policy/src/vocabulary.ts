import { z } from 'zod';

/**
 * The words a pack may use. The vocabulary is code, the sentences are data:
 * a pack that needs a new word is a code change, a pack that uses these words never is.
 */
export const institutionKinds = ['occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis'] as const;
export const stageKinds = ['preparation', 'self-check', 'enforcement', 'summary'] as const;
export const dutyKinds = [
  'base-list', 'local-plan', 'notification', 'self-check-report', 'self-check-form',
  'site-check', 'extension-check', 'summary', 'roll-up',
] as const;
export const dutySubjects = ['institution', 'unit', 'campaign'] as const;
export const findingKinds = [
  'not-filed', 'chief-physician', 'suspected-disease-report', 'false-certificate', 'archives',
  'not-to-standard', 'information-report', 'quality-assessment', 'other',
] as const;
export const sanctionKinds = ['warning', 'fine', 'confiscation', 'suspension', 'withdrawal', 'none'] as const;
export const agencyLevels = ['institution', 'unit', 'city', 'province'] as const;
export const rollRules = ['none', 'forward'] as const;

/** What a relative due date may hang on. */
export const startEvents = ['stage-opened', 'notified', 'visit-held', 'ordered', 'report-returned', 'decided', 'results-published'] as const;

/** What a base list of a campaign may ask about a body. */
export const baseListFields = ['address', 'contact', 'filing-categories', 'filing-items', 'outreach'] as const;

/** How bodies may be told of a campaign. */
export const notificationModes = ['meeting-online', 'meeting-on-site', 'message'] as const;

/** Where the cells of a form column come from. */
export const columnSources = [
  'row-number', 'institution-name', 'institution-address', 'filing-categories', 'outreach',
  'volume-employers', 'volume-workers', 'self-check-problems',
  ...findingKinds.map((kind) => `finding:${kind}` as const),
  'sanction:warning', 'sanction:fine-wan',
] as const;

export type InstitutionKind = (typeof institutionKinds)[number];
export type StageKind = (typeof stageKinds)[number];
export type DutyKind = (typeof dutyKinds)[number];
export type DutySubject = (typeof dutySubjects)[number];
export type FindingKind = (typeof findingKinds)[number];
export type SanctionKind = (typeof sanctionKinds)[number];
export type AgencyLevel = (typeof agencyLevels)[number];
export type StartEvent = (typeof startEvents)[number];
export type ColumnSource = (typeof columnSources)[number];

/** A word that other files refer to: `self-check`, `T-F1`, `district-supervision`. */
export const word = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, '编号只能用字母、数字和连字符，并以字母开头');
export const clauseId = z.string().regex(/^[A-Z]{2,4}-\d{4}-\d{2,3}$/, '条款编号应形如 XX-2024-07');
export const readingId = z.string().regex(/^AMB-[A-Z]{2,4}-\d+$/, '理解编号应形如 AMB-XX-1');
export const clauseList = z.array(clauseId).min(1, '至少写明一个条款');
