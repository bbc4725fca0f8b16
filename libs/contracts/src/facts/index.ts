export * from './gateway.js';
export * from './qualification.js';
export * from './quality-control.js';
export * from './inspection.js';
export * from './publication.js';
