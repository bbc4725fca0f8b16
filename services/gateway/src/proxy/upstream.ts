import { Agent, request, type IncomingMessage } from 'node:http';
import { unavailable } from '../problem.js';
import type { RoomBehind } from '../settings.js';

export interface Asked { method: string; path: string; headers: Record<string, string>; body?: Buffer | undefined; signal?: AbortSignal }

const titles: Record<RoomBehind, string> = { qualification: '机构资质服务', 'quality-control': '质量控制服务', inspection: '监督检查服务', publication: '公示服务', workflows: '流程服务' };
const longest = 35_000; // ms without a byte; a room gives up a request after 30 s by itself

/** Connections to the rooms behind; kept open, since every call of a page goes over one. */
export class Upstream {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 128, keepAliveMsecs: 1000 });

  constructor(private readonly addresses: Record<RoomBehind, string>) {}

  /**
   * Sends a request on, and answers with the room's answer as it streams in.
   * @throws Trouble 503 when the room does not answer
   */
  async ask(room: RoomBehind, asked: Asked): Promise<IncomingMessage> {
    try {
      return await this.once(room, asked);
    } catch (error) {
      // A kept connection that the room closed just now: nothing was read there, and what carries a key or only reads may be repeated.
      if ((error as { stale?: boolean }).stale && (asked.method === 'GET' || asked.headers['idempotency-key'])) return this.once(room, asked).catch((again: unknown) => { throw unavailable(titles[room], again); });
      throw unavailable(titles[room], error);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private once(room: RoomBehind, { method, path, headers, body, signal }: Asked): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(this.addresses[room]), { agent: this.agent, method, path, headers: { ...headers, ...(body ? { 'content-length': String(body.length) } : {}) }, ...(signal ? { signal } : {}) }, resolve);
      sent.setTimeout(longest, () => sent.destroy(new Error(`${room} did not answer within ${longest} ms`)));
      sent.once('error', (error: NodeJS.ErrnoException) => reject(Object.assign(error, { stale: sent.reusedSocket && error.code === 'ECONNRESET' })));
      sent.end(body);
    });
  }
}
