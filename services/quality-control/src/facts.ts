import type { Fact, FactKind } from '@zhijian/contracts';
import { checkYearClosed, colourPublished, colourWithdrawn, filingClosed, filingRecorded, inspectionSummarySent, institutionRegistered, noticeFinished, noticePosted, noticeWithdrawn, objectionAnswered, objectionRaised } from '@zhijian/contracts/facts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { PublishedService } from './colour/published.service.js';
import { keepChecksClosed, keepSummarySent } from './correction/kept.store.js';
import { keepInstitution } from './register/register.store.js';

const hear = <T>(kind: FactKind<T>, handle: (fact: Fact<T>, tx: Tx) => Promise<unknown>): [string, Handlers[string]] => [kind.type, handle];

/** What quality control does on hearing of other rooms. */
export const qualityControlFacts = (publications: PublishedService): Handlers => Object.fromEntries([
  hear(institutionRegistered, keepInstitution),
  hear(filingRecorded, keepInstitution),
  hear(filingClosed, keepInstitution),
  hear(noticePosted, (fact, tx) => publications.posted(fact, tx)),
  hear(noticeWithdrawn, (fact, tx) => publications.withdrawn(fact, tx)),
  hear(noticeFinished, (fact, tx) => publications.finished(fact, tx)),
  hear(objectionRaised, (fact, tx) => publications.objected(fact, tx)),
  hear(objectionAnswered, (fact, tx) => publications.answered(fact, tx)),
  hear(colourPublished, (fact, tx) => publications.published(fact, tx)),
  hear(colourWithdrawn, (fact, tx) => publications.withdrawnColour(fact, tx)),
  hear(checkYearClosed, keepChecksClosed),
  hear(inspectionSummarySent, keepSummarySent),
]);
