import type { Api, Caller } from './api.js';
import type { Body, Described } from './cast.js';
import type { Hands } from './clock.js';
import { eachOf } from './crew.js';
import type { Journal } from './journal.js';

/** Everything the scenes of one document share, whatever it asks: its invented bodies with their register ids, and those who call the system. */
export class Troupe<S extends { readonly data: Described }> {
  /** Register ids by the body's number. */
  readonly ids = new Map<number, string>();

  constructor(readonly scenario: S, readonly api: Api, readonly hands: Hands, readonly journal: Journal) {}

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
