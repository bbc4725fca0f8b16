import { z } from 'zod';
import { defineFact, policyRef, zDate, zInstant } from '../envelope.js';

/** What the public may see of an institution was published or corrected. */
export const recordPublished = defineFact('publication.record-published', 1, z.strictObject({
  institutionId: z.string(), creditCode: z.string(), revision: z.number().int(), publishedAt: zInstant,
}));

const ofNotice = { noticeId: z.string(), runId: z.string(), jurisdiction: z.string(), year: z.number().int() };

/** A notice (公示) was posted: from the day after, at least the pack's working days. `until` is the end of its last day; nothing in it is published before. */
export const noticePosted = defineFact('publication.notice-posted', 1, z.strictObject({
  ...ofNotice, postedOn: zDate, lastDay: zDate, until: zInstant, entries: z.number().int(), because: z.enum(['run', 'objection', 'correction']), policy: policyRef, calendar: z.string(),
}));
/** A notice was taken back before its end; its entries are free for another one. */
export const noticeWithdrawn = defineFact('publication.notice-withdrawn', 1, z.strictObject({ ...ofNotice, reason: z.string(), policy: policyRef }));
export const objectionRaised = defineFact('publication.objection-raised', 1, z.strictObject({
  objectionId: z.string(), ...ofNotice, institutionId: z.string(), raisedAt: zInstant, policy: policyRef,
}));
/** `kept`: the entry stays as it was put up and goes on. `to-be-changed`: quality control revises it; it stays back until then. */
export const objectionAnswered = defineFact('publication.objection-answered', 1, z.strictObject({
  objectionId: z.string(), ...ofNotice, institutionId: z.string(), outcome: z.enum(['kept', 'to-be-changed', 'withdrawn']), policy: policyRef,
}));
/** A colour was made public (公开) on the official site: from the day after, rectification reports fall due. */
export const colourPublished = defineFact('publication.colour-published', 1, z.strictObject({
  ...ofNotice, institutionId: z.string(), revision: z.number().int(), colour: z.string(), before: z.string().nullable(), erratum: z.boolean(),
  publishedOn: zDate, publishedAt: zInstant, site: z.enum(['portal', 'elsewhere']), address: z.string(), proofSha256: z.string(), policy: policyRef,
}));
/** A published colour was withdrawn; what stood and why stays readable. */
export const colourWithdrawn = defineFact('publication.colour-withdrawn', 1, z.strictObject({
  ...ofNotice, institutionId: z.string(), revision: z.number().int(), before: z.string(), reason: z.string(), policy: policyRef,
}));
/** A notice has ended: of so many bodies a colour was published or withdrawn by it, each with a fact of its own; so many are held back by objections. */
export const noticeFinished = defineFact('publication.notice-finished', 1, z.strictObject({ ...ofNotice, published: z.number().int(), waiting: z.number().int(), policy: policyRef }));

/** The notices that a proposed holiday notice would lengthen in a place, and the days of open objections it would move; a clock is `notice/<noticeId>` or `objection/<objectionId>`. Long lists come in parts. */
export const noticeClocksPreviewed = defineFact('publication.clocks-previewed', 1, z.strictObject({
  holidayNoticeId: z.string(), jurisdiction: z.string(), calendar: z.string(), part: z.number().int(), parts: z.number().int(),
  moved: z.array(z.strictObject({ clock: z.string(), old: zDate, new: zDate, firm: z.boolean() })), policy: policyRef,
}));
