/** What rooms without Nest need to keep people's data out of answers and logs. */
export { loggable } from './loggable.js';
export { fieldPath, unfitFields } from './unfit-fields.js';
