// A small house for the faults: one room that takes commands and does a workflow's steps, one that hears. Bridge, relay,
// consumer, workers and workflows are the product's own.
import { Controller, Inject } from '@nestjs/common';
import { campaignApproved } from '@zhijian/contracts/facts';
import { defineRoute } from '@zhijian/contracts/http';
import { UnitOfWork } from '@zhijian/persistence';
import { Call, Serve, stepCaller } from '@zhijian/service-kit';
import { StaleWrite } from '@zhijian/persistence';
import { z } from 'zod';

export const routes = {
  /** A command: one row, one fact, one audit entry, one key. */
  try: defineRoute({ room: 'inspection', method: 'POST', path: '/api/v1/trials/{trialId}', summary: '试验命令', roles: ['operator'], params: z.strictObject({ trialId: z.string() }), body: z.strictObject({ name: z.string() }) }),
  read: defineRoute({ room: 'inspection', method: 'GET', path: '/api/v1/rows/{rowId}', summary: '读一行', roles: ['operator'], params: z.strictObject({ rowId: z.string() }) }),
  /** An edit of a row that many people edit. */
  edit: defineRoute({ room: 'inspection', method: 'PUT', path: '/api/v1/rows/{rowId}', summary: '改一行', roles: ['operator'], ifMatch: true, params: z.strictObject({ rowId: z.string() }), body: z.strictObject({ by: z.string() }) }),
};

const policy = { pack: 'trial', version: 1, clauses: [] };

export class TrialController {
  constructor(uow) {
    this.uow = uow;
  }

  attempt({ params: { trialId }, body: { name }, by }) {
    return this.uow.run(by, async (tx) => {
      await tx.execute('insert into trial (id, name) values ($1, $2)', [trialId, name]);
      tx.fact(campaignApproved, trialId, { campaignId: trialId, name, jurisdiction: '990100', units: [], policy, calendar: 'trial' });
      tx.note('tried', trialId);
      return { trialId };
    });
  }

  read({ params: { rowId }, by }) {
    return this.uow.run({ ...by, once: undefined }, async (tx) => (await tx.query('select id, version, edits from edited where id = $1', [rowId]))[0]);
  }

  edit({ params: { rowId }, body, ifMatch, by }) {
    return this.uow.run(by, async (tx) => {
      const changed = await tx.execute('update edited set version = version + 1, edits = edits || $3::text where id = $1 and version = $2', [rowId, ifMatch, body.by]);
      if (changed !== 1) throw new StaleWrite();
      tx.note('edited', rowId, null, { by: body.by });
      return { version: ifMatch + 1 };
    });
  }
}
for (const [name, route] of [['attempt', routes.try], ['read', routes.read], ['edit', routes.edit]]) {
  Call()(TrialController.prototype, name, 0);
  Serve(route)(TrialController.prototype, name, Object.getOwnPropertyDescriptor(TrialController.prototype, name));
}
Inject(UnitOfWork)(TrialController, undefined, 0);
Controller()(TrialController);

const nothing = { pack: 'trial@1', calendar: 'trial', next: { kind: 'done', passed: true } };

/** The steps of the campaign workflow; the last one has an effect. */
const activities = (uow) => ({
  planCampaign: async () => ({ units: [] }),
  openUnits: async () => ({}),
  planUnit: async () => nothing,
  finishUnit: async () => ({ unit: '*', outcome: 'finished', counts: {}, digest: '' }),
  finishCampaign: ({ campaignId }) => uow.run(stepCaller('990100'), async (tx) => {
    await tx.execute('insert into effect (trial, cause) values ($1, $2)', [campaignId, tx.by.cause]);
    return { digest: '', finished: 1, unfinished: [] };
  }),
});

export const commandRoom = { room: 'inspection', controllers: [TrialController], activities: { inject: [UnitOfWork], make: activities }, rights: (role, route) => (route.roles.includes(role) ? { relation: ['own'] } : undefined) };

export const hearingRoom = {
  room: 'qualification', hears: ['inspection'], states: false,
  handlers: { inject: [], make: () => ({
    [campaignApproved.type]: (fact, tx) => tx.execute('insert into heard (fact_id, trial) values ($1, $2)', [fact.id, fact.data.campaignId]),
  }) },
};
