// Where things lie, which versions are meant, and the documented addresses with the variable that changes each.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const versions = { postgres: '18', kafka: '4.3.0', temporal: '1.29.1', temporalUi: '2.42.1', timeSkippingServer: '1.38.0' };

/** Documented ports of `npm start`; each variable replaces one. */
export const documentedPorts = {
  postgres: [15432, 'POSTGRES_PORT'],
  kafka: [19092, 'KAFKA_PORT'],
  temporal: [17233, 'TEMPORAL_PORT'],
  'temporal-ui': [18233, 'TEMPORAL_UI_PORT'],
  qualification: [4210, 'QUALIFICATION_PORT'],
  'quality-control': [4220, 'QUALITY_CONTROL_PORT'],
  inspection: [4230, 'INSPECTION_PORT'],
  publication: [4240, 'PUBLICATION_PORT'],
  workflows: [4250, 'WORKFLOWS_PORT'],
  gateway: [4200, 'GATEWAY_PORT'],
  portal: [4300, 'PORTAL_PORT'],
  identity: [4400, 'IDENTITY_PORT'],
};

/** First instant of a new demonstration clock; later instants only. */
export const demonstrationStart = () => process.env.DEMONSTRATION_START ?? '2014-08-01T08:00:00+08:00';

/** Folder of fetched and built engines, shared by every clone on the machine. */
export const cacheFolder = () => process.env.ZHIJIAN_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'zhijian');

export const fromRepository = (path) => (isAbsolute(path) ? path : join(repository, path));

/** Node for the services: the version that npm installed, otherwise the one running this. */
export function serviceNode() {
  const installed = [join(repository, 'node_modules/node/bin/node'), join(repository, 'node_modules/.bin/node')];
  return installed.find((path) => existsSync(path)) ?? process.execPath;
}

/** Reads `.env` of the repository once; variables already set win. */
export function loadDotEnv() {
  const file = join(repository, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
