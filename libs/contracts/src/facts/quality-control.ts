import { z } from 'zod';
import { defineFact } from '../envelope.js';

/** The problems of one institution in the circular of a yearly quality assessment (质量考核通报). */
export const assessmentCirculated = defineFact('quality-control.assessment-circulated', 1, z.strictObject({
  circularId: z.string(), institutionId: z.string(), year: z.number().int(),
  problems: z.array(z.strictObject({ problemId: z.string(), text: z.string() })),
}));
