export * from './inspection.campaign.js';
export * from './inspection.self-check.js';
export * from './inspection.visit.js';
export * from './inspection.form.js';
export * from './inspection.calendar.js';
export * from './inspection.sample.js';
export * from './inspection.duty.js';
export * from './inspection.target.js';
