import { z } from 'zod';
import { defineFact, zInstant } from '../envelope.js';

/** What the public may see of an institution was published or corrected. */
export const recordPublished = defineFact('publication.record-published', 1, z.strictObject({
  institutionId: z.string(), creditCode: z.string(), revision: z.number().int(), publishedAt: zInstant,
}));
