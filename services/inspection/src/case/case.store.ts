import { samePerson, type Principal } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import type { Tx } from '@zhijian/persistence';
import { notFound, type Directory } from '@zhijian/service-kit';
import { actingRefused, dutyOf, groundOf, type AgencyRefusal } from '../campaign/agency.rules.js';
import type { Campaign } from '../campaign/campaign.entity.js';
import { inUnit } from '../notification/notification.service.js';
import { Visit } from '../visit/visit.entity.js';
import { CaseFile } from './case.entity.js';

export interface TakenCase { readonly file: CaseFile; readonly campaign: Campaign; readonly visit: Visit | null }

/** A case with its campaign and the check it came of, for whoever belongs to the agency that checks or to an authority above it. */
export async function takeCase(tx: Tx, id: string, principal: Principal): Promise<TakenCase | Refused<'case-unit-foreign' | AgencyRefusal>> {
  const file = await tx.manager.findOneBy(CaseFile, { id });
  if (!file) throw notFound('这个案件');
  const { campaign, row } = await inUnit(tx, file.campaignId, file.unit);
  const stranger = actingRefused(principal, dutyOf(row.stages, 'site-check')?.actor ?? null, groundOf(campaign, file.unit, tx.now), file.clauses, { foreign: 'case-unit-foreign', orAbove: true });
  return stranger ?? { file, campaign, visit: await tx.manager.findOneBy(Visit, { id: file.visitId }) };
}

/** Whoever recorded the check decides nothing of what came of it: persons are compared, not accounts. */
export async function ownVisitRefused(directory: Directory, { file, visit }: TakenCase, principal: Principal): Promise<Refused<'case-own-visit'> | null> {
  const recordedBy = visit?.recordedBy;
  return recordedBy && samePerson(principal, { account: recordedBy, personId: await directory.personOf(recordedBy) }) ? refuse('case-own-visit', file.clauses) : null;
}
