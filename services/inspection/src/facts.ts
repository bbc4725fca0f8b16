import type { Fact, FactKind } from '@zhijian/contracts';
import {
  assessmentCirculated, calendarLoaded, calendarProposed, colourPublished, colourRunOpened, colourWithdrawn, filingClosed, filingRecorded, institutionRegistered, rosterAmended, rosterFrozen, type InstitutionRef,
} from '@zhijian/contracts/facts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { CalendarService } from './calendar/calendar.service.js';
import type { ColourFacts } from './rectification/colour.facts.js';
import type { RosterService } from './roster/roster.service.js';
import { keepProblems } from './self-check/last-year.store.js';

const hear = <T>(kind: FactKind<T>, handle: (fact: Fact<T>, tx: Tx) => Promise<unknown>): [string, Handlers[string]] => [kind.type, handle];

/** What inspection does on hearing of other rooms. */
export const inspectionFacts = (rosters: RosterService, calendars: CalendarService, colours: ColourFacts): Handlers => Object.fromEntries([
  ...[institutionRegistered, filingRecorded, filingClosed].map((kind) => hear(kind, async (fact: Fact<InstitutionRef>, tx) => {
    await rosters.keepInstitution(fact, tx);
    await colours.registered(fact, tx);
  })),
  hear(rosterFrozen, (fact, tx) => rosters.keepFrozen(fact, tx)),
  hear(rosterAmended, (fact, tx) => rosters.keepAmended(fact, tx)),
  hear(assessmentCirculated, keepProblems),
  hear(calendarProposed, (fact, tx) => calendars.preview(fact, tx)),
  hear(calendarLoaded, async (fact, tx) => {
    await calendars.load(fact, tx);
    await colours.calendarLoaded(fact, tx);
  }),
  hear(colourRunOpened, (fact, tx) => colours.opened(fact, tx)),
  hear(colourPublished, (fact, tx) => colours.published(fact, tx)),
  hear(colourWithdrawn, (fact, tx) => colours.withdrawn(fact, tx)),
]);
