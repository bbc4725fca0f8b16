import type { Identity, Principal } from '@zhijian/access';
import { NotInDirectory, type Directory } from '@zhijian/service-kit/directory';
import type { FastifyRequest } from 'fastify';
import { signInNeeded, Trouble } from '../problem.js';
import type { Cookies } from './cookie.js';
import { fromOwnPages } from './origin.rules.js';
import type { Sessions } from './sessions.js';

/** Who calls, and the token that says so to the rooms behind. */
export interface Caller { principal: Principal; token: string }

declare module 'fastify' {
  interface FastifyRequest { caller: Caller | undefined }
}

export class Callers {
  constructor(private readonly sessions: Sessions, private readonly cookies: Cookies, private readonly verify: (token: string) => Promise<Identity>, private readonly directory: Directory, private readonly origin: string) {}

  /**
   * A bearer token counts as it is; otherwise the browser's session does, which may change something from our own pages only.
   * @throws Trouble 401 or 403; IssuerUnavailable (503)
   */
  async callerOf(request: FastifyRequest): Promise<Caller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
      if (!token) throw signInNeeded();
      return this.verified(token);
    }
    const session = this.cookies.read(request, 'session');
    if (!session) throw signInNeeded();
    this.refuseForeign(request);
    const token = await this.sessions.accessToken(session);
    if (!token) throw signInNeeded();
    return this.verified(token);
  }

  /** @throws Trouble 403 when another site's page sent this */
  refuseForeign({ method, headers }: FastifyRequest): void {
    if (!fromOwnPages({ method, fetchSite: headers['sec-fetch-site']?.toString(), origin: headers.origin }, this.origin)) throw new Trouble(403, 'foreign-origin', '请求来自其他网站，已拒绝');
  }

  /** Who a token's bearer is today. @throws Trouble 401 when the token does not hold, 403 when the bearer may not act now */
  async verified(token: string): Promise<Caller> {
    try {
      return { principal: await this.directory.principalOf(await this.verify(token)), token };
    } catch (error) {
      if ((error as Error).name === 'TokenRefused') throw new Trouble(401, 'sign-in-needed', '登录已失效，请重新登录', { cause: error });
      if (error instanceof NotInDirectory) throw new Trouble(403, error.code, error.title);
      throw error;
    }
  }
}
