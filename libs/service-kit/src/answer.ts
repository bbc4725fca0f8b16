import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import type { RouteDefinition } from '@zhijian/contracts/http';
import { nowhere, within, type Scope } from '@zhijian/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeKey } from './call.js';
import { maskNames } from './mask-names.js';
import { RefusedCall } from './problem.js';

/** A file as an answer. */
export interface FileAnswer { file: Uint8Array; fileName: string; type: string }

const isFile = (value: unknown): value is FileAnswer => typeof value === 'object' && value !== null && (value as FileAnswer).file instanceof Uint8Array;

/** A request is served in the scope the guard gave it; refusals become problems, versions become ETags, files become downloads. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { scope = nowhere, principal } = context.switchToHttp().getRequest<FastifyRequest & { scope?: Scope; principal?: Principal }>();
    const route = Reflect.getMetadata(routeKey, context.getHandler()) as RouteDefinition | undefined;
    return within(scope, () => next.handle()).pipe(map((value: unknown) => {
      if (isRefused(value)) throw new RefusedCall(value);
      if (isFile(value)) {
        void reply.header('content-type', value.type).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(value.fileName)}`).header('x-content-type-options', 'nosniff');
        return Buffer.from(value.file);
      }
      const version = (value as { version?: unknown } | null)?.version;
      if (typeof version === 'number') void reply.header('etag', `"${version}"`);
      return route?.names && principal ? maskNames(value, route, principal.role) : value;
    }));
  }
}
