import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import type { RouteDefinition } from '@zhijian/contracts/http';
import type { FastifyRequest } from 'fastify';
import type { Scope } from '@zhijian/persistence';
import { routeKey } from './call.js';
import { log } from './log.js';
import { Missing } from './problem.js';
import { scopeOf } from './scope.js';

/** A token just verified is trusted so long, so that somebody disabled is out within five seconds. */
const trustedFor = 4000;

export type Verify = (token: string) => Promise<Principal>;

/** No address of the API is open without a valid token; the role must be one the route names. */
@Injectable()
export class TokenGuard implements CanActivate {
  private readonly known = new Map<string, { principal: Principal; until: number }>();

  constructor(private readonly verify: Verify) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const route = Reflect.getMetadata(routeKey, context.getHandler()) as RouteDefinition | undefined;
    const request = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal; scope?: Scope }>();
    if (!route) return ['/healthz', '/readyz', '/metrics'].includes(request.url.split('?')[0] ?? '');
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Missing('sign-in-needed', '请先登录', 401);
    request.principal = await this.verified(token);
    if (!route.roles.includes(request.principal.role)) {
      log.warn({ msg: 'not allowed', actor: request.principal.id, role: request.principal.role, route: route.path });
      throw new Missing('not-allowed', '您的角色无权进行此项操作', 403);
    }
    request.scope = scopeOf(request.principal);
    return true;
  }

  private async verified(token: string): Promise<Principal> {
    const known = this.known.get(token);
    if (known && known.until > Date.now()) return known.principal;
    try {
      const principal = await this.verify(token);
      if (this.known.size >= 2000) this.known.clear();
      this.known.set(token, { principal, until: Date.now() + trustedFor });
      return principal;
    } catch (error) {
      if ((error as Error).name === 'IssuerUnavailable') throw new Missing('unavailable', '登录服务暂时不可用', 503);
      throw new Missing('sign-in-needed', '登录已失效，请重新登录', 401);
    }
  }
}
