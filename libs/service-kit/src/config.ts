import { readFileSync } from 'node:fs';
import { claimsMapping, ownClaims, type ClaimsMapping } from '@zhijian/access';

const env = process.env;

/** A setting from the environment; see `.env.example` for each. */
export function setting(name: string, fallback?: string): string {
  const value = env[name] ?? fallback;
  if (value === undefined || value === '') throw new Error(`${name} is not set (see .env.example)`);
  return value;
}

export const production = (): boolean => env['NODE_ENV'] === 'production';
export const databaseUrl = (): string => setting('DATABASE_URL', 'postgres://postgres:zhijian@127.0.0.1:15432/zhijian');
export const kafkaBrokers = (): string => setting('KAFKA_BROKERS', '127.0.0.1:19092');
export const temporalAddress = (): string => setting('TEMPORAL_ADDRESS', '127.0.0.1:17233');
export const temporalNamespace = (): string => setting('TEMPORAL_NAMESPACE', 'zhijian');
/** @throws in production when it is not https: the development issuer has no place there */
export function issuer(): string {
  const address = setting('OIDC_ISSUER', 'http://127.0.0.1:4400');
  if (production() && !address.startsWith('https:')) throw new Error('OIDC_ISSUER must be https in production');
  return address;
}

/** How a real issuer writes what we read: the JSON file that `OIDC_CLAIMS` names; the development issuer's way without it. */
export const claims = (): ClaimsMapping => (env['OIDC_CLAIMS'] ? claimsMapping.parse(JSON.parse(readFileSync(env['OIDC_CLAIMS'], 'utf8'))) : ownClaims);

/** Whether an account the directory does not know acts by its token: with a development issuer only (plain http), never in production. */
export const actsByToken = (): boolean => !production() && issuer().startsWith('http:');
