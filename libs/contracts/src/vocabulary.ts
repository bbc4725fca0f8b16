/** The words that code knows. Their sentences are data of the packs. */
export const institutionKinds = [
  'occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis',
  'radiation-medical', 'pneumoconiosis-rehabilitation', 'disease-control-centre', 'hospital',
] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

/** How a qualification came to its end before its time: 注销, 撤销, 吊销; `ended`: that it did, nobody has said how. */
export const lineEnds = ['cancelled', 'withdrawn', 'revoked', 'ended'] as const;
export type LineEnd = (typeof lineEnds)[number];
/** Who had a qualification suspended: its holder asked for it, or an authority ordered it (申请暂停, 责令暂停). */
export const lineSuspensions = ['on-request', 'ordered'] as const;
export type LineSuspension = (typeof lineSuspensions)[number];

export const findingKinds = [
  'not-filed', 'chief-physician', 'suspected-disease-report', 'false-certificate', 'archives',
  'not-to-standard', 'information-report', 'quality-assessment', 'other',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const sanctionKinds = ['warning', 'fine', 'confiscation', 'suspension', 'withdrawal', 'none'] as const;
export type SanctionKind = (typeof sanctionKinds)[number];

/** Why a published penalty is taken back: 变更、撤销、确认违法、确认无效 (行政处罚法 art. 48). */
export const penaltyEnds = ['changed', 'annulled', 'unlawful', 'invalid'] as const;
export type PenaltyEnd = (typeof penaltyEnds)[number];

export const roles = [
  'province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'expert', 'institution', 'institution-head',
  'auditor', 'operator', 'system-admin', 'security-admin', 'audit-admin',
] as const;
export type Role = (typeof roles)[number];

/** Who administers sees no business data; nobody holds two of these. */
export const administrators = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies readonly Role[];

/** Levels of the administrative tree; an area (新区、开发区) may have no code of its own. */
export const areaLevels = ['province', 'city', 'county', 'area'] as const;
export type AreaLevel = (typeof areaLevels)[number];

/** Several agencies share a jurisdiction. */
export const agencyKinds = ['commission', 'disease-control-bureau', 'enforcement-team', 'disease-control-centre', 'quality-centre', 'supervision-bureau'] as const;
export type AgencyKind = (typeof agencyKinds)[number];

/** What a certificate can be of. */
export const decisionKinds = [
  'due-date', 'lateness', 'inclusion', 'exclusion', 'acceptance', 'return', 'remedy-date', 'refusal', 'extension', 'date-replacement', 'suspension', 'resumption', 'own-dates',
  'leniency', 'strictness', 'circumstance', 'supervision', 'verification', 'verdict', 'grade', 'score', 'colour', 'draw', 'finding', 'case-filing', 'sanction',
  'approval', 'pack-move', 'calendar', 'target', 'listing', 'form', 'filing', 'closure', 'operation', 'circular', 'publication', 'withdrawal', 'correction', 'notice', 'objection',
  'review', 'duty', 'release', 'quota', 'check', 'frequency',
  'basis', 'level', 'red-run', 'escalation', 'assigned-value', 'comparison',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];
