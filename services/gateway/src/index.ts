/** The one address of the console and the API. */
export { gateway } from './gateway.js';
export { settingsFrom, type Settings } from './settings.js';
