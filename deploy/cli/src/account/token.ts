import { WrongQuestion } from '../command/command.js';

export interface Token { access_token: string; token_type: string; expires_in: number }

/** The development identity provider. */
export const issuerOf = (env: NodeJS.ProcessEnv): string => (env['OIDC_ISSUER'] ?? `http://127.0.0.1:${env['IDENTITY_PORT'] ?? '4400'}`).replace(/\/$/, '');

/**
 * An access token of a demonstration account, narrowed to one place where it is named.
 * @throws WrongQuestion in production, for an unknown account or place, and when the provider does not answer
 */
export async function tokenFor(env: NodeJS.ProcessEnv, account: string, place?: string): Promise<Token> {
  const body = new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account, ...(place ? { place } : {}) });
  const response = await fetch(`${issuerOf(env)}/token`, { method: 'POST', body, signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (!response) throw new WrongQuestion(`登录服务 ${issuerOf(env)} 没有应答，请先运行 npm start`);
  const answer = (await response.json().catch(() => ({}))) as Partial<Token> & { error_description?: string };
  if (!response.ok || !answer.access_token) throw new WrongQuestion(answer.error_description ?? `登录服务没有发给令牌（${response.status}）`);
  return answer as Token;
}
