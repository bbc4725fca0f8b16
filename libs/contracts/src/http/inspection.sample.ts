import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, zCited } from './route.js';

const room = 'inspection' as const;
const agencies = ['province', 'city', 'county'] as const;
const inSample = z.strictObject({ campaignId: z.string(), sample: z.string() });

/** Each stratum is a record of its own: `draw verify` computes it again. */
const stratum = z.object({
  stratum: z.string(), algorithm: z.literal('sha256-rank-1'), seed: z.string(), pool: z.array(z.string()), poolSha256: z.string(), size: z.number().int(), result: z.array(z.string()), drawnAt: zInstant,
});
const member = z.object({
  institutionId: z.string(), name: z.string(), unit: z.string(), how: z.enum(['drawn', 'added']), reason: z.string(), clauses: z.array(z.string()), addedAt: zInstant,
  removedAt: zInstant.nullable(), removedReason: z.string().nullable(), visitOn: zDate.nullable(),
});
const sample = z.object({ campaignId: z.string(), sample: z.string(), title: z.string(), stated: z.boolean(), draws: z.array(stratum), members: z.array(member), ...zCited });

/** Ordered by the agency that checks; who must be in it in any case is added openly, before and after. */
export const drawInstitutions = defineRoute({ room, method: 'POST', stepUp: true, path: '/api/v1/campaigns/{campaignId}/samples/{sample}/draw', summary: '从冻结的名单中抽取检查的机构', roles: agencies, params: inSample, answer: sample });
export const getSample = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/samples/{sample}', summary: '抽查的机构、抽取记录和补充列入的理由', roles: [...agencies, 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor'], params: inSample, answer: sample });
