export * from './ids.js';
export * from './envelope.js';
export * from './vocabulary.js';
export { routesToOpenApi } from './openapi.js';
export * from './refusal.js';
export { demonstratedAt, type DemonstrationClock } from './demonstration-clock.js';
