import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { lately, rightOf, stepUpMinutes, type Identity, type Principal, type Right } from '@zhijian/access';
import type { Role } from '@zhijian/contracts';
import type { RouteDefinition } from '@zhijian/contracts/http';
import type { Scope } from '@zhijian/persistence';
import type { FastifyRequest } from 'fastify';
import { routeKey } from './call.js';
import { NotInDirectory, type Directory } from './directory/directory.js';
import { whoGrants } from './directory/who-grants.js';
import { log } from './log.js';
import { Missing } from './problem.js';
import { scopeOf } from './scope.js';

export type Verify = (token: string) => Promise<Identity>;
/** What a role may do on a route, and with whose rows: the table's answer. */
export type Rights = (role: Role, route: RouteDefinition) => Pick<Right, 'relation'> | undefined;

/**
 * No address of the API is open without a valid token; the directory says who that is today; the table of rights
 * must grant it to the role, and says whose rows are seen; what weighs heavily needs a late sign-in.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  /** @param directory left out in tests, whose principals count as given */
  constructor(private readonly verify: Verify, private readonly directory?: Directory, private readonly rights: Rights = rightOf) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const route = Reflect.getMetadata(routeKey, context.getHandler()) as RouteDefinition | undefined;
    const request = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal; scope?: Scope }>();
    if (!route) return ['/healthz', '/readyz', '/metrics'].includes(request.url.split('?')[0] ?? '');
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Missing('sign-in-needed', '请先登录', 401);
    const principal = (request.principal = await this.admitted(await this.verified(token)));
    const right = this.rights(principal.role, route);
    if (!right) {
      log.warn({ msg: 'not allowed', actor: principal.id, role: principal.role, route: route.path });
      throw new Missing('not-allowed', '您的角色无权进行此项操作', 403, whoGrants(route.roles));
    }
    if (route.stepUp && this.directory && !lately(principal.authenticatedAt, Date.now())) throw new Missing('step-up-needed', `此项操作须在登录后 ${stepUpMinutes} 分钟内进行，请重新登录确认身份`, 403);
    request.scope = scopeOf(principal, right, route.method === 'GET');
    return true;
  }

  private async verified(token: string): Promise<Identity> {
    try {
      return await this.verify(token);
    } catch (error) {
      if ((error as Error).name === 'IssuerUnavailable') throw new Missing('unavailable', '登录服务暂时不可用', 503);
      throw new Missing('sign-in-needed', '登录已失效，请重新登录', 401);
    }
  }

  private async admitted(identity: Identity): Promise<Principal> {
    if (!this.directory) return identity as Principal;
    try {
      return await this.directory.principalOf(identity);
    } catch (error) {
      if (error instanceof NotInDirectory) throw new Missing(error.code, error.title, 403);
      throw error;
    }
  }
}
