import type { DecisionKind } from './certificate.js';

/** Which certificate a kind of fact needs beside it, one of these at least; or why the fact states no decision. */
export type Decided = { readonly certificates: readonly DecisionKind[] } | { readonly none: string };

const by = (...certificates: DecisionKind[]): Decided => ({ certificates });
const none = (why: string): Decided => ({ none: why });

/** Every kind of fact there is. A new kind fails the test beside this file until somebody has said here what it is. */
export const decidedFacts: Readonly<Record<string, Decided>> = {
  'gateway.calendar-proposed.v1': none('a notice entered moves nothing'),
  'gateway.jurisdiction-changed.v1': none('the tree as entered by an administrator'),
  'gateway.agency-changed.v1': none('an agency as entered by an administrator'),
  'gateway.person-registered.v1': none('who stands behind an account'),
  'gateway.person-disabled.v1': none('an act of an administrator, no rule decides it'),
  'gateway.person-enabled.v1': none('an act of an administrator, no rule decides it'),
  'gateway.appointment-changed.v1': none('an act of an administrator, no rule decides it'),
  'gateway.calendar-loaded.v1': by('calendar'),

  'qualification.institution-registered.v1': none('a registration or a correction of an address; the filing in it is certified as such'),
  'qualification.filing-recorded.v1': by('filing'),
  'qualification.filing-closed.v1': by('closure'),
  'qualification.operation-recorded.v1': by('operation'),
  'qualification.roster-frozen.v1': by('listing'),
  'qualification.roster-amended.v1': by('inclusion', 'exclusion'),

  'quality-control.assessment-circulated.v1': by('circular'),

  'inspection.campaign-approved.v1': by('approval'),
  'inspection.campaign-amended.v1': by('extension', 'date-replacement', 'suspension', 'resumption', 'own-dates', 'calendar'),
  'inspection.campaign-pack-moved.v1': by('pack-move'),
  'inspection.clocks-previewed.v1': none('a preview: nothing moves'),
  'inspection.unit-plan-filed.v1': by('own-dates'),
  'inspection.institution-notified.v1': none('somebody was told'),
  'inspection.notice-acknowledged.v1': none('somebody has read'),
  'inspection.self-check-submitted.v1': by('lateness'),
  'inspection.self-check-returned.v1': by('return'),
  'inspection.self-check-accepted.v1': by('acceptance'),
  'inspection.obligation-overdue.v1': by('lateness'),
  'inspection.reminder-issued.v1': none('somebody was reminded of a day that stands'),
  'inspection.stage-opened.v1': none('the dates of its duties were certified when they were set'),
  'inspection.stage-closed.v1': none('what was missed is stated by itself'),
  'inspection.form-sent.v1': by('form'),
  'inspection.visit-opened.v1': none('officers have gone to see'),
  'inspection.draw-made.v1': by('draw'),
  'inspection.sample-drawn.v1': by('draw'),
  'inspection.sample-reopened.v1': by('inclusion', 'exclusion'),
  'inspection.visit-recorded.v1': by('finding'),
  'inspection.finding-recorded.v1': by('finding'),
  'inspection.case-filed.v1': by('case-filing'),
  'inspection.case-decided.v1': by('sanction'),
  'inspection.unit-finished.v1': none('counts of what was decided before'),
  'inspection.campaign-finished.v1': none('counts of what was decided before'),
  'inspection.duty-recorded.v1': by('lateness', 'verdict'),
  'inspection.measure-entered.v1': none('a count from elsewhere, with its source; what it comes to is certified when it is sent'),

  'publication.record-published.v1': by('publication'),
};
