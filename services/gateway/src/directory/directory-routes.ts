import { isRefused, type Refused } from '@zhijian/contracts';
import { directory as http, operations, type BodyOf, type ParamsOf, type QueryOf, type RouteDefinition } from '@zhijian/contracts/http';
import { KeptTexts, keptTextSentences, type KeptTextRefusal, type UnitOfWork } from '@zhijian/persistence';
import type { Directory } from '@zhijian/service-kit/directory';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';
import { jsonOf, keyOf, versionIn } from '../calendar/calendar-routes.js';
import { parsed, Trouble } from '../problem.js';
import { AgenciesService } from './agencies.js';
import { AppointmentsService } from './appointments.js';
import { directorySentences, type DirectoryRefusal } from './appointment.rules.js';
import { areasOn } from './areas.queries.js';
import { AreasService } from './areas.js';
import { callerOf, type By } from './by.js';
import { DirectoryQueries, type Asking } from './directory.queries.js';
import { PeopleService } from './people.js';

export type Answering = (request: FastifyRequest, given: { params: never; query: never }, reply: FastifyReply) => unknown;
interface Ground { source: DataSource; uow: UnitOfWork; directory: Directory; today: () => string }

function refusal({ code, clauses, facts, wrongState }: Refused): Trouble {
  const title = (directorySentences[code as DirectoryRefusal] ?? keptTextSentences[code as KeptTextRefusal] ?? code).replaceAll(/\{(\w+)\}/g, (_, name: string) => (typeof facts[name] === 'string' ? facts[name] : ''));
  return new Trouble(wrongState ? 409 : 422, code, title, { clauses });
}

/** The routes of the directory, each with its answer. */
export function directoryRoutes({ source, uow, directory, today }: Ground): [RouteDefinition, Answering][] {
  const [areas, agencies, people, appointments, queries] = [new AreasService(uow), new AgenciesService(uow), new PeopleService(uow), new AppointmentsService(uow), new DirectoryQueries(source)];
  const texts = new KeptTexts(source, uow, 'gateway');
  const asking = ({ caller }: FastifyRequest): Asking => {
    const { role, places } = caller!.principal;
    return { places: ['auditor', 'audit-admin'].includes(role) ? null : places.map(({ code }) => code), named: ['system-admin', 'security-admin'].includes(role) };
  };

  /** A command: parsed, kept once, answered with its version; this process knows of it at once. */
  const command = <R extends RouteDefinition>(route: R, run: (given: { params: ParamsOf<R>; body: BodyOf<R>; version: number; by: By }) => Promise<unknown>): [RouteDefinition, Answering] => [route, async (request, { params }, reply) => {
    const by = { principal: request.caller!.principal, key: route.method === 'POST' ? keyOf(request) : '' };
    const answer = await run({ params: params, body: parsed(route.body, jsonOf(request.body), '') as BodyOf<R>, version: route.ifMatch ? versionIn(request) : 0, by });
    if (isRefused(answer)) throw refusal(answer);
    directory.forget();
    const { version } = answer as { version: number };
    void reply.status(route.method === 'POST' ? 201 : 200).header('etag', `"${version}"`);
    return answer;
  }];
  const read = <R extends RouteDefinition>(route: R, answer: (query: QueryOf<R>, request: FastifyRequest) => unknown): [RouteDefinition, Answering] => [route, (request, { query }) => answer(query, request)];

  return [
    read(http.listJurisdictions, async ({ on = today() }) => ({ on, items: await areasOn(source, on) })),
    command(http.createJurisdiction, ({ body, by }) => areas.create(body, by)),
    command(http.moveJurisdiction, ({ params, body, version, by }) => areas.move(params.jurisdictionId, body, version, by)),
    command(http.mergeJurisdiction, ({ params, body, version, by }) => areas.merge(params.jurisdictionId, body, version, by)),
    read(http.listAgencies, (_query, request) => queries.agencies(asking(request))),
    command(http.createAgency, ({ body, by }) => agencies.create(body, by)),
    command(http.changeAgency, ({ params, body, version, by }) => agencies.change(params.agencyId, body, version, by)),
    command(http.delegateDuty, ({ params, body, version, by }) => agencies.delegate(params.agencyId, body, version, by)),
    read(http.listPeople, (query, request) => queries.people(query, asking(request))),
    command(http.registerPerson, ({ body, by }) => people.register(body, by)),
    command(http.disablePerson, ({ params, body, version, by }) => people.disable(params.personId, body, version, by)),
    command(http.enablePerson, ({ params, body, version, by }) => people.enable(params.personId, body.reason, version, by)),
    read(http.listAppointments, (query, request) => queries.appointments(query, asking(request))),
    command(http.grantAppointment, ({ body, by }) => appointments.grant(body, by)),
    command(http.delegateAppointment, ({ params, body, by }) => appointments.delegate(params.appointmentId, body, by)),
    command(http.endAppointment, ({ params, body, version, by }) => appointments.end(params.appointmentId, body, version, by)),
    read(http.listDirectoryChanges, (query, request) => queries.changes(query, asking(request))),
    [operations.listKeptTexts, (_request, { query }: { query: QueryOf<typeof operations.listKeptTexts> }) => texts.list(query)],
    [operations.eraseKeptTexts, async (request, _given, reply) => {
      const body = parsed(operations.eraseKeptTexts.body, jsonOf(request.body), '');
      const answer = await texts.erase(body, callerOf({ principal: request.caller!.principal, key: keyOf(request) }, 'POST /api/v1/operations/kept-texts/gateway/erasures', body));
      if (isRefused(answer)) throw refusal(answer);
      void reply.status(201);
      return answer;
    }],
  ];
}
