import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { reviewGrounds } from '../facts/qualification.js';
import { institutionKinds } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'qualification' as const;
const readers = ['province', 'city', 'county', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] as const;

export const reviewStates = ['open', 'kept', 'referred'] as const;
/** What came to be known after a review was opened. */
export const reviewNotes = ['report-submitted', 'report-accepted', 'duty-released', 'rectified', 'colour-changed', 'red-years-recounted'] as const;
export const review = z.object({
  reviewId: z.string(), institutionId: z.string(), institutionName: z.string(), line: z.enum(institutionKinds).nullable(), ground: z.enum(reviewGrounds), year: z.number().int(),
  /** Areas: whose commission issued the qualification; whose colour it is about. */ authority: z.string(), jurisdiction: z.string(),
  because: z.string(), redYears: z.number().int().nullable(), dueOn: zDate.nullable(), openedAt: zInstant, notes: z.array(z.object({ at: zInstant, what: z.enum(reviewNotes), detail: z.string().nullable() })),
  state: z.enum(reviewStates), concludedAt: zInstant.nullable(), reasons: z.string().nullable(), procedure: z.string().nullable(), version: z.number().int(), ...zCited,
});
const inReview = z.strictObject({ reviewId: z.string() });

export const listReviews = defineRoute({
  room, method: 'GET', path: '/api/v1/qualification-reviews', summary: '资质审查事项（连续红色、整改报告逾期、限期未整改）', roles: readers,
  query: z.strictObject({ ...page, state: z.enum(['open', 'concluded']).optional(), institutionId: z.string().optional() }), answer: pageOf(review),
});
export const getReview = defineRoute({ room, method: 'GET', path: '/api/v1/qualification-reviews/{reviewId}', summary: '一件资质审查事项', roles: readers, params: inReview, answer: review });
export const concludeReview = defineRoute({
  room, method: 'POST', stepUp: true, ifMatch: true, path: '/api/v1/qualification-reviews/{reviewId}/conclusion', summary: '办结资质审查事项：维持，或者转入法定程序', roles: ['province', 'city', 'county'], params: inReview,
  body: z.strictObject({ outcome: z.enum(['kept', 'referred']), reasons: text(1000), /** 转入的程序及其文号 */ procedure: text(200).nullable().default(null) }), answer: review,
});
