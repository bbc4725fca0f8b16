import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { readJson, writeJson } from './files.js';

export interface Keys { signing: JWK; cookies: string[] }

/** The provider's keys, made once per data folder: tokens and sign-ins outlive a restart. */
export async function keysIn(folder: string): Promise<Keys> {
  const file = join(folder, 'keys.json');
  const kept = readJson(file) as Keys | undefined;
  if (kept) return kept;
  const jwk = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const made: Keys = { signing: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }, cookies: [randomBytes(32).toString('base64url')] };
  writeJson(file, made);
  return made;
}
