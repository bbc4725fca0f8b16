import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { IssuerUnavailable } from '@zhijian/access';
import { sendPage } from '../page.js';
import { sendProblem, Trouble } from '../problem.js';
import type { Settings } from '../settings.js';
import type { Attempts } from './attempts.js';
import type { Callers } from './caller.js';
import { newSecret, type Cookies } from './cookie.js';
import type { Issuer } from './issuer.js';
import { returnPath } from './return.rules.js';
import { sessionSeconds, type Sessions } from './sessions.js';

export interface SignInParts { settings: Settings; issuer: Issuer; sessions: Sessions; attempts: Attempts; cookies: Cookies; callers: Callers }

/** `/auth/login?return=` (`&anew=1` asks for the password again), `/auth/callback`, `POST /auth/logout`: the browser never sees a token. */
export function signInRoutes(app: FastifyInstance, parts: SignInParts): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1024 }, (_request, _body, done) => done(null, {}));
  app.setErrorHandler((error, _request, reply) => (error instanceof IssuerUnavailable
    ? sendPage(reply.header('retry-after', '2'), 503, '登录服务暂时不可用', '请稍后再试。系统中的数据不受影响。')
    : sendProblem(reply, error)));
  app.get('/auth/login', (request, reply) => begin(parts, request, reply));
  app.get('/auth/callback', (request, reply) => comeBack(parts, request, reply));
  app.post('/auth/logout', (request, reply) => leave(parts, request, reply));
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

async function begin({ settings, issuer, attempts, cookies }: SignInParts, request: FastifyRequest, reply: FastifyReply) {
  // Cookies belong to a host name: whoever came by another name of this machine goes on under the documented one.
  const own = new URL(settings.address).host;
  if (request.host !== own && loopback.test(request.host) && loopback.test(own)) return reply.redirect(`${settings.address}${request.url}`, 302);
  const checks = { state: newSecret(), nonce: newSecret(), verifier: newSecret() };
  const browser = cookies.read(request, 'sign-in') ?? newSecret();
  const { return: back, anew } = request.query as { return?: unknown; anew?: unknown };
  const address = await issuer.signInAddress(checks, anew === '1' || cookies.read(request, 'left') !== undefined);
  await attempts.keep(browser, checks, returnPath(back));
  cookies.set(reply, 'sign-in', browser, 600);
  return reply.header('cache-control', 'no-store').redirect(address.href, 302);
}

async function comeBack({ issuer, sessions, attempts, cookies, callers }: SignInParts, request: FastifyRequest, reply: FastifyReply) {
  const { state } = request.query as { state?: unknown };
  const browser = cookies.read(request, 'sign-in');
  const attempt = browser && typeof state === 'string' ? await attempts.take(browser, state) : undefined;
  if (!attempt) return sendPage(reply, 400, '登录未完成', '这次登录已过期，或不是在这个浏览器中发起的。');
  try {
    const tokens = await issuer.exchange(request.url, attempt);
    const session = await sessions.begin((await callers.verified(tokens.access)).principal, tokens, cookies.read(request, 'session'));
    cookies.set(reply, 'session', session, sessionSeconds);
    cookies.clear(reply, 'left');
    return await reply.header('cache-control', 'no-store').redirect(attempt.returnTo, 302);
  } catch (error) {
    if (error instanceof IssuerUnavailable) throw error;
    request.log.warn({ msg: 'sign-in refused', error });
    if (error instanceof Trouble) return sendPage(reply, 403, '不能进入本系统', error.status === 403 ? `${error.title}。` : '这个账号没有分配角色和辖区，请联系管理员。');
    return sendPage(reply, 400, '登录未完成', '登录服务没有确认您的身份，请重新登录。');
  }
}

/** Signed out here at once, and at the issuer as far as it answers; the next sign-in asks for the password. */
async function leave({ issuer, sessions, cookies, callers }: SignInParts, request: FastifyRequest, reply: FastifyReply) {
  callers.refuseForeign(request);
  const session = cookies.read(request, 'session');
  const principal = await callers.callerOf(request).then((caller) => caller.principal).catch(() => undefined);
  const ended = session ? await sessions.end(session, principal) : undefined;
  cookies.clear(reply, 'session');
  cookies.set(reply, 'left', '1', sessionSeconds);
  const next = (await issuer.signOutAddress(ended?.identity ?? null)) ?? '/';
  if (ended?.refresh) void issuer.revoke(ended.refresh);
  return request.headers.accept?.includes('text/html') ? reply.redirect(next, 303) : reply.send({ next });
}
