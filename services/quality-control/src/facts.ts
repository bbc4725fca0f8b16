import type { Fact, FactKind } from '@zhijian/contracts';
import { filingClosed, filingRecorded, institutionRegistered } from '@zhijian/contracts/facts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import { keepInstitution } from './register/register.store.js';

const hear = <T>(kind: FactKind<T>, handle: (fact: Fact<T>, tx: Tx) => Promise<unknown>): [string, Handlers[string]] => [kind.type, handle];

/** What quality control does on hearing of other rooms. */
export const qualityControlFacts = (): Handlers => Object.fromEntries([
  hear(institutionRegistered, keepInstitution),
  hear(filingRecorded, keepInstitution),
  hear(filingClosed, keepInstitution),
]);
