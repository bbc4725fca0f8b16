/** Decisions as certificates: how they are drawn up, and how anybody computes them again. */
export * from './texts.js';
export { agrees, recompute, rulesHit, type Agreement } from './recompute.js';
export { type Recomputed } from './recomputed.js';
export { indicatorText, type IndicatorText } from './recompute.indicators.js';
export { type Timeliness } from './recompute.lateness.js';
export { dateText, decidedByPerson, decidedByRule, decidedByTable, periodText, quoted, tableText, type Of, type Ruled, type Weighed } from './drafts.js';
export { byId } from './by-id.js';
