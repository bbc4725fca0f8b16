import { z } from 'zod';
import { defineFact, zDate } from '../envelope.js';
import { agencyKinds, areaLevels, roles } from '../vocabulary.js';

/** A State Council holiday notice, as it was entered. */
const notice = { noticeId: z.string(), year: z.number().int(), number: z.string().nullable(), title: z.string().nullable(), off: z.array(zDate), workdays: z.array(zDate) };

/** A holiday notice was entered and moves nothing yet: each service lists the clocks it would move. */
export const calendarProposed = defineFact('gateway.calendar-proposed', 1, z.strictObject(notice));

/** A holiday notice was confirmed by an officer: every open clock may be asked again. `calendar` is the version from now on. */
export const calendarLoaded = defineFact('gateway.calendar-loaded', 1, z.strictObject({ ...notice, calendar: z.string() }));

const span = { from: zDate, to: zDate.nullable() };
const version = z.number().int().positive();

/**
 * An area as it stands now, whole: its name, level and the areas it belonged to, each for a time. An area without a code of its
 * own has `code` null. A merged area ends and from the next day belongs to the one that took it over.
 */
export const jurisdictionChanged = defineFact('gateway.jurisdiction-changed', 1, z.strictObject({
  jurisdictionId: z.string(), code: z.string().nullable(), name: z.string(), level: z.enum(areaLevels), ...span, mergedInto: z.string().nullable(), parents: z.array(z.strictObject({ parent: z.string(), ...span })), version,
}));

/** An agency as it stands now: where it is, from when to when, and what it has handed to other agencies. */
export const agencyChanged = defineFact('gateway.agency-changed', 1, z.strictObject({
  agencyId: z.string(), name: z.string(), kind: z.enum(agencyKinds), jurisdictionId: z.string(), ...span, delegated: z.array(z.strictObject({ duty: z.string(), toAgencyId: z.string(), ...span })), version,
}));

const heir = z.strictObject({ jurisdictionId: z.string(), personId: z.string(), account: z.string().nullable(), as: z.enum(['successor', 'agency-head']) });
const person = z.strictObject({
  personId: z.string(), accounts: z.array(z.string()), state: z.enum(['active', 'disabled']), version,
  /** Of a person disabled: who takes over what is open, for each place of their offices; what nobody is named for goes back to the agency. */
  handedTo: z.array(heir).optional(),
});
/** A person as known from now on: ids and accounts, no name. */
export const personRegistered = defineFact('gateway.person-registered', 1, person);
export const personDisabled = defineFact('gateway.person-disabled', 1, person);
export const personEnabled = defineFact('gateway.person-enabled', 1, person);

/**
 * An appointment as it stands now. Where it has ended, `handedTo` is who takes over what was open: the named successor, or the
 * head of the agency; nothing is left without an owner.
 */
export const appointmentChanged = defineFact('gateway.appointment-changed', 1, z.strictObject({
  appointmentId: z.string(), personId: z.string(), role: z.enum(roles), agencyId: z.string().nullable(), agencyKind: z.enum(agencyKinds).nullable(), jurisdictionId: z.string(),
  institutionId: z.string().nullable(), institutionName: z.string().nullable(), ...span, delegatedFrom: z.string().nullable(), state: z.enum(['granted', 'ended']),
  handedTo: z.strictObject({ personId: z.string(), account: z.string().nullable(), as: z.enum(['successor', 'agency-head']) }).nullable(), version,
}));
