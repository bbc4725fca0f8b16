import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { demonstratedAt, type DemonstrationClock } from '@zhijian/contracts';

interface Wish { scale?: number; cruise?: number; jumpTo?: string }
interface Answer { type: 'clock'; id: number; ok: boolean; error?: string; clock: DemonstrationClock }

const day = 86_400; // simulated seconds a real second, at scale 86,400
/** Eight days a second between batches; two days a second when a wanted day is near; a minute a second while people work. */
const speeds = { cruise: 8 * day, near: 2 * day, work: 60 };
const nearDays = 1.5;
/** A slower pace begins so much later (ms): brakes are put on before the instant. */
const braking = 100;

/** The hands on the demonstration clock: only its owner writes it, this process asks for changes over IPC. */
export class Hands {
  private asked = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(private readonly file: string) {
    process.on('message', (message: Answer) => {
      if (message?.type === 'clock') this.waiting.get(message.id)?.(message);
    });
  }

  /** @throws without a demonstration clock, or when nobody started this program that owns it */
  static take(env: NodeJS.ProcessEnv): Hands {
    const file = env['DEMONSTRATION_CLOCK'];
    if (!file || env['NODE_ENV'] === 'production') throw new Error('没有演示时钟：演示只能由 npm start 运行，生产环境不演示');
    if (!process.send) throw new Error('演示时钟由 npm start 掌管：请用 npm start 运行演示');
    return new Hands(file);
  }

  /** Simulated milliseconds. */
  now(): number {
    return demonstratedAt(this.read(), Date.now());
  }

  /** The simulated day in Beijing. */
  today(): string {
    return new Date(this.now() + 8 * 3600_000).toISOString().slice(0, 10);
  }

  /** Only while no campaign is open, and only forward; a clock that is there already stays. */
  async jumpTo(on: string, at: string): Promise<void> {
    const instant = `${on}T${at}:00+08:00`;
    if (this.now() < Date.parse(instant)) await this.ask({ jumpTo: instant });
  }

  work(): Promise<void> {
    return this.ask({ scale: speeds.work, cruise: speeds.cruise });
  }

  /** Lets time run until that instant (ISO) and then holds it slow; `near` brakes before it, so that it is not run over by hours. */
  async until(instant: string, { near }: { near: boolean }): Promise<void> {
    const target = Date.parse(instant);
    let scale = 0;
    for (let left = target - this.now(); left > scale * braking; left = target - this.now()) {
      const wanted = near && left < nearDays * 86_400_000 ? speeds.near : speeds.cruise;
      if (scale === 0 || scale > wanted) {
        scale = Math.max(speeds.work, Math.min(wanted, left / (2 * braking)));
        await this.ask({ scale });
      }
      await pause(Math.min(20, Math.max(2, left / scale - braking)));
    }
    await this.work();
    for (let left = target - this.now(); left > 0; left = target - this.now()) await pause(Math.max(1, left / speeds.work)); // what rounding has left
  }

  private read(): DemonstrationClock {
    return JSON.parse(readFileSync(this.file, 'utf8')) as DemonstrationClock;
  }

  private async ask(wish: Wish): Promise<void> {
    const id = (this.asked += 1);
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.waiting.set(id, resolve);
      process.send?.({ type: 'clock', id, ...wish }, undefined, undefined, (error: Error | null) => { if (error) reject(error); });
    });
    this.waiting.delete(id);
    if (!answer.ok) throw new Error(`演示时钟：${answer.error}`);
    await pause(Math.max(0, answer.clock.anchorReal - Date.now()));
  }
}
