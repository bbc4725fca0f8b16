import { calendarLoaded, calendarProposed, colourRevised, colourRunSigned, filingClosed, filingRecorded, institutionRegistered, penaltyDisclosed, penaltyWithdrawn, type InstitutionRef } from '@zhijian/contracts/facts';
import type { Fact, FactKind } from '@zhijian/contracts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { CalendarFacts } from './calendar/calendar.facts.js';
import type { DraftService } from './notice/draft.service.js';
import type { PenaltyService } from './penalty/penalty.service.js';
import type { RecordService } from './record/record.service.js';
import { keepInstitution } from './record/register.store.js';

const hear = <T>(kind: FactKind<T>, handle: (fact: Fact<T>, tx: Tx) => Promise<unknown>): [string, Handlers[string]] => [kind.type, handle];

/** Whatever changes an institution in the register changes its public record; what quality control has signed becomes a draft notice; what inspection lets out of a penalty is public; a holiday notice moves what is open. */
export const handlers = (records: RecordService, drafts: DraftService, calendars: CalendarFacts, penalties: PenaltyService): Handlers => {
  const publish = async (fact: Fact<InstitutionRef>, tx: Tx) => {
    await keepInstitution(fact, tx);
    await records.publish(fact, tx);
  };
  return Object.fromEntries([
    hear(institutionRegistered, publish), hear(filingRecorded, publish), hear(filingClosed, publish),
    hear(colourRunSigned, (fact, tx) => drafts.keepSigned(fact, tx)), hear(colourRevised, (fact, tx) => drafts.keepRevised(fact, tx)),
    hear(penaltyDisclosed, (fact, tx) => penalties.publish(fact, tx)), hear(penaltyWithdrawn, (fact, tx) => penalties.withdraw(fact, tx)),
    hear(calendarProposed, (fact, tx) => calendars.proposed(fact, tx)), hear(calendarLoaded, (fact, tx) => calendars.loaded(fact, tx)),
  ]);
};
