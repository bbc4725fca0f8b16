import type { CampaignPlan } from '@zhijian/policy';
import type { Api, Caller } from './api.js';
import type { Hands } from './clock.js';
import { eachOf } from './crew.js';
import type { Journal } from './journal.js';
import type { Body, Cast } from './cast.js';
import { momentsOf } from './stage-hand.js';

/** Everything the scenes of one campaign share. */
export class Play<S extends Cast = Cast> {
  campaignId = '';
  /** Register ids by the body's number. */
  readonly ids = new Map<number, string>();
  /** Problems of last year's circular, by the body's number. */
  readonly lastYear = new Map<number, { problemId: string; text: string }[]>();
  readonly suspended = new Set<string>();
  readonly moments: ReturnType<typeof momentsOf>;

  constructor(readonly scenario: S, plan: CampaignPlan, readonly api: Api, readonly hands: Hands, readonly journal: Journal) {
    this.moments = momentsOf(plan);
  }

  /** The authority that leads the campaign. */
  get lead(): Caller {
    return this.api.as(this.scenario.data.people.lead, this.scenario.data.jurisdiction);
  }

  /** Who approves is another person than who drew up. */
  get approver(): Caller {
    const { people, jurisdiction } = this.scenario.data;
    return this.api.as(people.approver, jurisdiction);
  }

  /** The authority of a unit. */
  officer(unit: string): Caller {
    const { officer, outside } = this.scenario.data.people;
    return this.api.as(this.scenario.units.some(({ code }) => code === unit) ? officer : outside, unit);
  }

  /** Who registers the outcome of a case in a place: not who recorded the visit. */
  decider(place: string): Caller {
    return this.api.as(this.scenario.data.people.decider, place);
  }

  body({ account }: Body): Caller {
    return this.api.as(account);
  }

  idOf(body: Body): string {
    const id = this.ids.get(body.number);
    if (!id) throw new Error(`${body.name} 没有登记`);
    return id;
  }

  /** A key of the data: the same step of the same thing is done once, however often the demonstration is run. */
  key(...parts: (string | number)[]): string {
    return ['demonstration', this.scenario.data.pack.replaceAll(/[^\w-]/g, '-'), ...parts].join('/');
  }

  /** Does the jobs of one scene; each that fails is named. @returns how many were done */
  async each<T>(scene: string, jobs: readonly T[], work: (job: T) => Promise<void>, name: (job: T) => string): Promise<number> {
    let done = 0;
    await eachOf(jobs, async (job) => {
      await work(job);
      this.journal.expect(scene, true);
      done += 1;
    }, (job, error) => this.journal.expect(`${scene} ${name(job)}`, false, (error as Error).message));
    return done;
  }
}

export const nameOf = ({ name }: { name: string }): string => name;
