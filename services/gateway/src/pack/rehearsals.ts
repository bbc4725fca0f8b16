import { Worker } from 'node:worker_threads';
import type { Calendar } from '@zhijian/calendar';
import type { BodyOf, gateway } from '@zhijian/contracts/http';
import type { Pack, Rehearsal } from '@zhijian/policy';
import { Trouble } from '../problem.js';
import type { Played, ToPlay } from './rehearsal.worker.js';

const atOnce = 2;
/** Short of the time a request may take. */
const longest = 25_000;

/** Plays campaigns before their launch beside the gateway, in threads of their own, so that it goes on answering. Nothing is kept. */
export class Rehearsals {
  private readonly running = new Set<Worker>();

  constructor(private readonly folder: string | undefined) {}

  /** @throws Trouble 422 for a pack without a campaign or two bodies with one id, 503 while too many are running or when one takes too long */
  async play(pack: Pick<Pack, 'id' | 'version' | 'campaign'>, calendar: Calendar, asked: BodyOf<typeof gateway.rehearsePack>): Promise<Rehearsal> {
    if (!pack.campaign) throw new Trouble(422, 'no-campaign', '这个政策包没有专项行动方案');
    if (this.running.size >= atOnce) throw new Trouble(503, 'rehearsals-busy', '正在进行的推演较多，请稍后重试', { retryAfter: 5 });
    const worker = new Worker(new URL('./rehearsal.worker.js', import.meta.url), { workerData: { pack: `${pack.id}@${pack.version}`, folder: this.folder, calendar, asked } satisfies ToPlay });
    this.running.add(worker);
    try {
      const played = await answerOf(worker);
      if ('refused' in played) throw new Trouble(422, 'rehearsal-refused', played.refused);
      return played.report;
    } finally {
      this.running.delete(worker);
      await worker.terminate();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker): Promise<Played> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Trouble(503, 'rehearsal-too-long', '推演用时过长，请减少机构后重试')), longest);
    const settled = (done: () => void): void => {
      clearTimeout(timer);
      done();
    };
    worker.once('message', (played: Played) => settled(() => resolve(played)));
    worker.once('error', (error: unknown) => settled(() => reject(error instanceof Error ? error : new Error(String(error)))));
    worker.once('exit', (code) => settled(() => reject(new Error(`rehearsal ended without an answer (${code})`))));
  });
}
