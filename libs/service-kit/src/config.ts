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
export const issuer = (): string => setting('OIDC_ISSUER', 'http://127.0.0.1:4400');
