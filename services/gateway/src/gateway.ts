import fastifyCookie from '@fastify/cookie';
import { tokenVerifier } from '@zhijian/access';
import { Decisions, UnitOfWork } from '@zhijian/persistence';
import { Directory } from '@zhijian/service-kit/directory';
import { loggable } from '@zhijian/service-kit/personal';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { apiRoutes } from './api.js';
import { NoticeFiles } from './calendar/notice-files.js';
import { Looks } from './calendar/looks.js';
import { Notices } from './calendar/notices.js';
import { InstallationClock } from './clock/clock.js';
import { directoryRoutes } from './directory/directory-routes.js';
import { beginDirectory } from './directory/seed.js';
import { decisionRoutes } from './decision/decision-routes.js';
import { documentationRoutes } from './documentation/documentation.js';
import { securityHeaders } from './headers.js';
import { healthRoutes } from './health.js';
import { PackReader } from './pack/packs.js';
import { Rehearsals } from './pack/rehearsals.js';
import { sendProblem } from './problem.js';
import { Upstream } from './proxy/upstream.js';
import { Attempts } from './session/attempts.js';
import { Callers } from './session/caller.js';
import { Cookies } from './session/cookie.js';
import { Issuer } from './session/issuer.js';
import { Sessions } from './session/sessions.js';
import { signInRoutes } from './session/sign-in.js';
import type { Settings } from './settings.js';
import { consoleRoutes } from './static.js';
import { taskRoutes } from './task/task-routes.js';

/** The one address of the console and the API, ready to listen. Does not own the data source. */
export async function gateway(settings: Settings, dataSource: DataSource): Promise<FastifyInstance> {
  const app = fastify({
    // Addresses are not logged: those of the sign-in carry codes.
    logger: { level: settings.logLevel, base: { room: 'gateway' }, formatters: { log: loggable }, ...(process.env['LOG_FILE'] && { file: process.env['LOG_FILE'] }) }, logController: new LogController({ disableRequestLogging: true }), exposeHeadRoutes: false, forceCloseConnections: 'idle',
    bodyLimit: 1_000_000, requestTimeout: 30_000, routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply as never, error),
  });
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, error));
  app.decorateRequest('caller', undefined);
  securityHeaders(app, settings);
  healthRoutes(app, dataSource);
  await app.register(fastifyCookie);

  const clock = new InstallationClock(settings.clockFile);
  const verify = tokenVerifier({ issuer: settings.issuer, audience: 'zhijian-api', claims: settings.claims });
  const directory = new Directory(dataSource, clock, settings.actsByToken);
  const issuer = new Issuer(settings);
  const cookies = new Cookies(settings.address);
  const uow = new UnitOfWork(dataSource, clock); // states little: its relay is told by NOTIFY
  const sessions = new Sessions(dataSource, uow, issuer);
  const noticeFiles = new NoticeFiles(settings.calendars);
  const packs = new PackReader(settings.packs, app.log);
  const notices = new Notices(dataSource, uow, noticeFiles, packs);
  await notices.complete().catch((error: unknown) => app.log.error({ msg: 'confirmed holiday notices are not all in CALENDAR_DIR', error: String(error) }));
  if (settings.directorySeed && (await beginDirectory(uow, settings.directorySeed))) app.log.info({ msg: 'the directory was begun', from: settings.directorySeed });
  const callers = new Callers(sessions, cookies, verify, directory, new URL(settings.address).origin);
  const upstream = new Upstream(settings.upstream);
  const rehearsals = new Rehearsals(settings.packs);
  app.addHook('onClose', async () => {
    upstream.close();
    await rehearsals.close();
  });

  await app.register(async (scope) => signInRoutes(scope, { settings, issuer, sessions, attempts: new Attempts(dataSource), cookies, callers }));
  await app.register(async (scope) => apiRoutes(scope, { own: [...directoryRoutes({ source: dataSource, uow, directory, today: () => clock.state().today }), ...taskRoutes(upstream, dataSource, () => clock.state().today), ...decisionRoutes(upstream, new Decisions({ query: (sql, parameters) => dataSource.query(sql, parameters) }, () => clock.now()))], callers, upstream, clock, notices, looks: new Looks(dataSource, uow), calendar: () => noticeFiles.calendar(), packs, rehearsals }));
  await app.register(documentationRoutes);
  await consoleRoutes(app, settings.console);
  return app;
}
