import { z } from 'zod';
import { defineFact, policyRef, zDate, zInstant } from '../envelope.js';
import { institutionKinds, lineEnds, lineSuspensions } from '../vocabulary.js';

/** The filing of an institution as others need it (职业健康检查管理办法 art. 4: name, address, categories, items are public). */
export const filing = z.strictObject({
  number: z.string().nullable(), filedOn: zDate, filedIn: z.string(), categories: z.array(z.string()), items: z.array(z.string()),
  outreach: z.boolean(), closedOn: zDate.nullable(),
});
export type Filing = z.infer<typeof filing>;

/** While it lasts the qualification is held and gives no right to serve. `basis`: the document or clause it rests on, public as such. */
export const suspension = z.strictObject({ from: zDate, how: z.enum(lineSuspensions), basis: z.string() });
export type Suspension = z.infer<typeof suspension>;

/** A qualification an institution holds (资质认可 or 备案 of one kind): its own scores, comparisons and colour. `issuer` is the authority that decides about its end. */
export const qualificationLine = z.strictObject({
  kind: z.enum(institutionKinds), number: z.string().nullable(), issuer: z.string().nullable(), from: zDate.nullable(), to: zDate.nullable(),
  /** Its scope as printed; absent: not recorded. */ categories: z.array(z.string()).optional(), items: z.array(z.string()).optional(),
  /** Present where it ended otherwise than by its printed day; `to` is then its last day. */ ended: z.enum(lineEnds).optional(),
  /** Present while it is suspended. */ suspended: suspension.optional(),
  /** Suspensions that are over: `to` is the day from which it serves again, null where it ended meanwhile. Of two equal days nothing was suspended: entered in error. */
  suspendedBefore: z.array(suspension.extend({ to: zDate.nullable() })).optional(),
});
export type QualificationLine = z.infer<typeof qualificationLine>;

/** What every room needs to know of an institution. No names or numbers of persons: the contact is a post. */
export const institutionRef = z.strictObject({
  institutionId: z.string(), creditCode: z.string(), name: z.string(), kind: z.enum(institutionKinds), jurisdiction: z.string(),
  address: z.string(), contactPost: z.string().nullable(), invented: z.boolean(), filing: filing.nullable(),
  /** Its qualifications where it holds more than its kind alone says; absent: one, of its kind. */
  lines: z.array(qualificationLine).optional(),
  /** Places where it gives services besides its home: a body of another province appears in the list of whoever supervises it there. */
  serves: z.array(z.string()).optional(),
  /** Counts up with each change of the institution, so that an older fact never overwrites a newer one. */
  revision: z.number().int(),
});
export type InstitutionRef = z.infer<typeof institutionRef>;

export const institutionRegistered = defineFact('qualification.institution-registered', 1, institutionRef);
export const filingRecorded = defineFact('qualification.filing-recorded', 1, institutionRef);
export const filingClosed = defineFact('qualification.filing-closed', 1, institutionRef);

/** Somebody decided that a qualification rests, or serves again; the whole reference is stated beside it. Why stays in the register. */
export const lineSuspended = defineFact('qualification.line-suspended', 1, suspension.extend({ institutionId: z.string(), kind: z.enum(institutionKinds) }));
export const lineResumed = defineFact('qualification.line-resumed', 1, z.strictObject({ institutionId: z.string(), kind: z.enum(institutionKinds), on: zDate, basis: z.string() }));

/** A district records, with evidence, whether a filed institution actually operates. */
export const operationRecorded = defineFact('qualification.operation-recorded', 1, z.strictObject({
  institutionId: z.string(), unit: z.string(), operating: z.boolean(), observedOn: zDate, evidence: z.string(),
}));

export const rosterStates = ['in', 'idle', 'undetermined'] as const;
const member = z.strictObject({ institutionId: z.string(), state: z.enum(rosterStates), clauses: z.array(z.string()) });
export type RosterMember = z.infer<typeof member>;

/** A frozen roster travels in parts of at most 500 members; the last part makes it complete. */
export const rosterFrozen = defineFact('qualification.roster-frozen', 1, z.strictObject({
  rosterId: z.string(), campaignId: z.string(), unit: z.string(), frozenAt: zInstant, part: z.number().int(), parts: z.number().int(),
  digest: z.string(), members: z.array(member), policy: policyRef,
}));

/** A later filing, closure or finding of activity, added to a frozen roster openly. */
export const rosterAmended = defineFact('qualification.roster-amended', 1, z.strictObject({
  rosterId: z.string(), campaignId: z.string(), unit: z.string(), member, reason: z.string(), amendedAt: zInstant, policy: policyRef,
}));

export const reviewGrounds = ['red-years', 'rectification-overdue', 'rectification-missed'] as const;
const opened = { reviewId: z.string(), institutionId: z.string(), line: z.enum(institutionKinds).nullable(), year: z.number().int(), authority: z.string(), because: z.string(), policy: policyRef };
/** Superseded: it cannot say that a written limit was missed. */
export const reviewOpenedFirst = defineFact('qualification.review-opened', 1, z.strictObject({ ...opened, ground: z.enum(['red-years', 'rectification-overdue']) }));
/** A reason to look at a qualification (CQ-2024-20). It revokes nothing: what follows is a procedure of its own. `authority` issued it. */
export const reviewOpened = defineFact('qualification.review-opened', 2, z.strictObject({ ...opened, ground: z.enum(reviewGrounds) }));
export const reviewConcluded = defineFact('qualification.review-concluded', 1, z.strictObject({
  reviewId: z.string(), institutionId: z.string(), outcome: z.enum(['kept', 'referred']), concludedOn: zDate, policy: policyRef,
}));
