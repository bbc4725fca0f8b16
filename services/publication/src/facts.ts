import { filingClosed, filingRecorded, institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import type { Fact } from '@zhijian/contracts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { RecordService } from './record/record.service.js';

/** Whatever changes an institution in the register changes its public record. */
export const handlers = (records: RecordService): Handlers => {
  const publish = (fact: Fact<InstitutionRef>, tx: Tx) => records.publish(fact, tx);
  return { [institutionRegistered.type]: publish, [filingRecorded.type]: publish, [filingClosed.type]: publish };
};
