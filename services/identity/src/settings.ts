import { join } from 'node:path';

/** What the development identity provider is told by its environment; see the README. */
export interface Settings {
  issuer: string;
  port: number;
  host: string;
  /** Where keys and sign-ins are kept. */
  data: string;
  accountsFile: string;
  gateway: string;
  clientSecret: string;
}

/** @throws in production: everybody knows the password of these accounts */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  if (env['NODE_ENV'] === 'production') throw new Error('the development identity provider does not start in production: set OIDC_ISSUER to a real issuer');
  const issuer = env['OIDC_ISSUER'] ?? 'http://127.0.0.1:4400';
  const folder = env['ZHIJIAN_DATA'] ?? '.local';
  return {
    issuer,
    port: Number(env['PORT'] ?? (new URL(issuer).port || 4400)),
    host: env['HOST'] ?? '127.0.0.1',
    data: env['IDENTITY_DATA'] ?? join(folder, 'identity'),
    accountsFile: env['ACCOUNTS_FILE'] ?? join(folder, 'accounts.json'),
    gateway: (env['GATEWAY_URL'] ?? 'http://127.0.0.1:4200').replace(/\/$/, ''),
    clientSecret: env['OIDC_CLIENT_SECRET'] ?? 'demonstration-only',
  };
}
