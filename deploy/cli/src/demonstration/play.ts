import type { CampaignPlan } from '@zhijian/policy';
import type { Api, Caller } from './api.js';
import type { Hands } from './clock.js';
import type { Journal } from './journal.js';
import type { Cast } from './cast.js';
import { momentsOf } from './stage-hand.js';
import { Troupe } from './troupe.js';

/** Everything the scenes of one campaign share. */
export class Play<S extends Cast = Cast> extends Troupe<S> {
  campaignId = '';
  /** Problems of last year's circular, by the body's number. */
  readonly lastYear = new Map<number, { problemId: string; text: string }[]>();
  readonly suspended = new Set<string>();
  readonly moments: ReturnType<typeof momentsOf>;

  constructor(scenario: S, plan: CampaignPlan, api: Api, hands: Hands, journal: Journal) {
    super(scenario, api, hands, journal);
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
}

export { nameOf } from './troupe.js';
