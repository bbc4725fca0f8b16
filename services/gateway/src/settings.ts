import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { claimsMapping, ownClaims, type ClaimsMapping } from '@zhijian/access';

/** Rooms that answer HTTP behind the gateway. */
export const rooms = ['qualification', 'quality-control', 'inspection', 'publication', 'workflows'] as const;
export type RoomBehind = (typeof rooms)[number];
const ports: Record<RoomBehind, number> = { qualification: 4210, 'quality-control': 4220, inspection: 4230, publication: 4240, workflows: 4250 };

export interface Settings {
  port: number;
  host: string;
  /** The address browsers use, without a slash at its end. */
  address: string;
  issuer: string;
  /** How the issuer writes what we read. */
  claims: ClaimsMapping;
  /** Whether an account the directory does not know acts by its token: with a development issuer (plain http) only. */
  actsByToken: boolean;
  /** A directory to begin with, read where there is none yet. */
  directorySeed: string | undefined;
  clientId: string;
  clientSecret: string;
  databaseUrl: string;
  upstream: Record<RoomBehind, string>;
  packs: string | undefined;
  /** Where confirmed holiday notices stand, for every room to read. */
  calendars: string;
  brokers: string;
  clockFile: string | undefined;
  /** The built console. */
  console: string;
  logLevel: string;
}

/** @throws when something that must hold in production does not */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env['PORT'] ?? 4200);
  const address = (env['GATEWAY_URL'] ?? `http://127.0.0.1:${port}`).replace(/\/$/, '');
  const issuer = env['OIDC_ISSUER'] ?? 'http://127.0.0.1:4400';
  if (env['NODE_ENV'] === 'production') {
    if (!env['OIDC_CLIENT_SECRET']) throw new Error('OIDC_CLIENT_SECRET is not set');
    if (!address.startsWith('https:') || !issuer.startsWith('https:')) throw new Error('GATEWAY_URL and OIDC_ISSUER must be https in production');
    if (env['DEMONSTRATION_CLOCK']) throw new Error('a demonstration clock is refused in production');
  }
  return {
    port, address, issuer,
    claims: env['OIDC_CLAIMS'] ? claimsMapping.parse(JSON.parse(readFileSync(env['OIDC_CLAIMS'], 'utf8'))) : ownClaims,
    actsByToken: env['NODE_ENV'] !== 'production' && issuer.startsWith('http:'),
    directorySeed: env['DIRECTORY_SEED'] || undefined,
    host: env['HOST'] ?? '127.0.0.1',
    clientId: env['OIDC_CLIENT_ID'] ?? 'zhijian-gateway',
    clientSecret: env['OIDC_CLIENT_SECRET'] ?? 'demonstration-only',
    databaseUrl: env['DATABASE_URL'] ?? 'postgres://postgres:zhijian@127.0.0.1:15432/zhijian',
    upstream: Object.fromEntries(rooms.map((room) => [room, env[`${room.toUpperCase().replaceAll('-', '_')}_URL`] ?? `http://127.0.0.1:${ports[room]}`])) as Record<RoomBehind, string>,
    packs: env['POLICY_DIR'] || undefined,
    calendars: env['CALENDAR_DIR'] || fileURLToPath(new URL('../../../.local/calendar', import.meta.url)),
    brokers: env['KAFKA_BROKERS'] || '127.0.0.1:19092',
    clockFile: env['DEMONSTRATION_CLOCK'] || undefined,
    console: env['CONSOLE_DIR'] ?? fileURLToPath(new URL('../../console/dist', import.meta.url)),
    logLevel: env['LOG_LEVEL'] ?? 'info',
  };
}
