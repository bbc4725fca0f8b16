export type * from './inspection.js';
export type * from './publication.js';
export type * from './qualification.js';
export type * from './quality-control.js';
export type * from './consequences.js';
