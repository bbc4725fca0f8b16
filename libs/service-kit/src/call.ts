import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, Get, Patch, Post, Put, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { actorOf } from '@zhijian/access';
import { newId } from '@zhijian/contracts';
import type { BodyOf, ParamsOf, QueryOf, RouteDefinition } from '@zhijian/contracts/http';
import type { Caller, Scope } from '@zhijian/persistence';
import { personalIn } from '@zhijian/policy';
import type { FastifyRequest } from 'fastify';
import { BadInput, Missing } from './problem.js';
import { freeWords, type FreeWords } from './free-words.js';
import { parseInput } from './parse-input.js';

export const routeKey = 'zhijian:route';
export const verbs = { GET: Get, POST: Post, PUT: Put, PATCH: Patch } as const;

/** One parsed request: nothing unparsed reaches a service. */
export interface CallOf<R extends RouteDefinition> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  file: Buffer | null;
  principal: Principal;
  by: Caller;
  /** The version from `If-Match`; present where the route asks for it. */
  ifMatch: number;
}

/** Serves a route of the contracts. */
export const Serve = (route: RouteDefinition) => applyDecorators(SetMetadata(routeKey, route), verbs[route.method](route.path.replaceAll(/\{(\w+)\}/g, ':$1')));

/** The parsed request of the served route. */
export const Call = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = Reflect.getMetadata(routeKey, context.getHandler()) as RouteDefinition;
  return parseCall(route, context.switchToHttp().getRequest<FastifyRequest & { principal: Principal; scope: Scope }>());
});

function parseCall(route: RouteDefinition, request: FastifyRequest & { principal: Principal; scope: Scope }): CallOf<RouteDefinition> {
  const { principal, scope } = request;
  const params = parseInput(route.params, request.params ?? {}, 'params');
  const query = parseInput(route.query, request.query ?? {}, 'query');
  const body = route.file || route.method === 'GET' ? {} : parseInput(route.body, request.body ?? {}, '');
  const file = route.file ? fileOf(request.body) : null;
  const said = route.method === 'GET' ? { texts: [], names: [], open: [] } : both(freeWords(body, route.body, route.says), freeWords(query, route.query));
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && personalIn(key)) throw new BadInput([{ path: 'Idempotency-Key', message: '不能含有个人信息' }]);
  if (route.method === 'POST' && (typeof key !== 'string' || !key || key.length > 200)) throw new Missing('idempotency-key-missing', '请求缺少 Idempotency-Key（1–200 个字符）', 400);
  const once = typeof key === 'string' ? { key: `http/${principal.id}/${route.method} ${route.path}/${key}`, body: { params, body, ...(file && { file: createHash('sha256').update(file).digest('hex') }) } } : undefined;
  return {
    params, query, body, file, principal, ifMatch: route.ifMatch ? versionOf(request.headers['if-match']) : 0,
    by: { actor: actorOf(principal), jurisdiction: principal.places[0]?.code ?? '', cause: `http/${newId()}`, scope, ...said, ...(once ? { once } : {}) },
  };
}

const both = (one: FreeWords, other: FreeWords): FreeWords => ({ texts: [...one.texts, ...other.texts].sort((a, b) => b.length - a.length), names: [...one.names, ...other.names], open: [...one.open, ...other.open] });

function versionOf(header: string | undefined): number {
  if (!header) throw new Missing('if-match-missing', '编辑须带 If-Match（所编辑版本的 ETag）', 428);
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1];
  if (!version) throw new BadInput([{ path: 'If-Match', message: '应为带引号的版本号，如 "3"' }]);
  return Number(version);
}

function fileOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new BadInput([{ path: '', message: '请以 xlsx 文件作为请求内容' }]);
  return body;
}
