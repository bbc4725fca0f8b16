export type * from './inspection.js';
export type * from './qualification.js';
