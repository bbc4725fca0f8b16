import { builtInPacks, PackError, Packs, type Pack } from '@zhijian/policy';
import type { FastifyBaseLogger } from 'fastify';
import { Trouble } from '../problem.js';

/** The installed packs, for people to read. A pack installed a moment ago is there; one that cannot be read is left out, and logged. */
export class PackReader {
  private readonly packs: Packs;

  constructor(folder: string | undefined, private readonly log: FastifyBaseLogger) {
    this.packs = new Packs([folder ?? builtInPacks]);
  }

  async list() {
    const read = await Promise.all(this.packs.list().map(({ id, version }) => this.packs.get(`${id}@${version}`).catch((error: unknown) => {
      if (!(error instanceof PackError)) throw error;
      this.log.warn({ msg: 'pack cannot be read', pack: `${id}@${version}`, problems: error.problems });
      return undefined;
    })));
    const items = read.filter((pack): pack is Pack => pack !== undefined).map(({ id, version, hash, title, jurisdiction }) => ({ id, version, hash, title, jurisdiction }));
    return { items, next: null };
  }

  /** @throws Trouble 404 */
  async one(id: string, version: number): Promise<Pack> {
    if (!this.packs.list().some((it) => it.id === id && it.version === version)) throw new Trouble(404, 'not-found', '没有安装这个政策包');
    return this.packs.get(`${id}@${version}`);
  }
}
