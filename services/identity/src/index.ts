/** The development identity provider; nothing of it runs in production. */
export { identityServer } from './server.js';
export { settingsFrom, type Settings } from './settings.js';
