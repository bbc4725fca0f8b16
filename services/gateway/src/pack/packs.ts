import { join } from 'node:path';
import { builtInPacks, builtInSources, checkPack, diffPacks, explain, mayBeApproved, PackError, packName, Packs, planCampaign, readSource, type Pack } from '@zhijian/policy';
import { isLocalDate, type Calendar, type LocalDate } from '@zhijian/calendar';
import type { FastifyBaseLogger } from 'fastify';
import { Trouble } from '../problem.js';

/** The installed packs, for people to read. A pack installed a moment ago is there; one that cannot be read is left out, and logged. */
export class PackReader {
  private readonly packs: Packs;

  private readonly sources: readonly string[];

  constructor(folder: string | undefined, private readonly log: FastifyBaseLogger) {
    this.packs = new Packs([folder ?? builtInPacks]);
    this.sources = [...(folder ? [join(folder, 'sources')] : []), builtInSources];
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

  /** The document a pack stands on. @throws Trouble 404 */
  async source(id: string, version: number) {
    const pack = await this.one(id, version);
    const text = this.text(pack);
    if (text === undefined) throw new Trouble(404, 'not-found', '没有随政策包提供文件原文');
    return { title: pack.document.title, source: pack.document.source, sha256: pack.document.sourceSha256, text };
  }

  /** What is contradictory, missing or awkward in a pack, and whether its golden cases hold. @throws Trouble 404 */
  async check(id: string, version: number, calendar: Calendar, { asPrinted, other }: { asPrinted: boolean; other?: string | undefined }) {
    const pack = await this.one(id, version);
    const beside = other ? { with: await this.named(other) } : {};
    const checked = checkPack(pack, { asPrinted, ...beside, sourceText: this.text(pack) ?? '', calendar });
    return { ...checked, calendar: calendar.version, ok: mayBeApproved(checked) };
  }

  /** Value by value, what another version or another pack says instead. @throws Trouble 404 */
  async diff(id: string, version: number, other: string) {
    const [from, to] = await Promise.all([this.one(id, version), this.named(other)]);
    return { from: packName(from), to: packName(to), differences: diffPacks(from, to) };
  }

  /** @throws Trouble 404 for an unknown decision, 400 for inputs that are no JSON object */
  async explain(id: string, version: number, decision: string, inputs: string, calendar: Calendar) {
    const pack = await this.one(id, version);
    if (!Object.hasOwn(pack.decisions, decision)) throw new Trouble(404, 'not-found', '政策包中没有这项决策');
    return explain(pack, decision, objectOf(inputs), calendar);
  }

  /** What the pack would produce for these units, its usual ones without any. @throws Trouble 404, 422 for a pack without a campaign */
  async plan(id: string, version: number, { units, dates }: { units?: string; dates?: string }, calendar: Calendar) {
    const pack = await this.one(id, version);
    if (!pack.campaign) throw new Trouble(422, 'no-campaign', '这个政策包没有专项行动方案');
    const named = new Map(pack.campaign.units.map(({ code, name }) => [code, name]));
    const own = (dates?.split(',') ?? []).map((it) => it.split(':') as [string, string, string]);
    return planCampaign(pack, calendar, {
      ...(units ? { units: [...new Set(units.split(','))].map((code) => ({ code, name: named.get(code) ?? code })) } : {}), unitDates: own.map(([city, duty, on]) => ({ city, duty, on: dayIn(on) })),
    });
  }

  private named(name: string): Promise<Pack> {
    const [id = '', version] = name.split('@');
    return this.one(id, Number(version));
  }

  private text(pack: Pack): string | undefined {
    try {
      return readSource(pack, this.sources);
    } catch (error) {
      if (error instanceof PackError) return undefined;
      throw error;
    }
  }
}

/** @throws Trouble 400 for a day that does not exist */
function dayIn(on: string): LocalDate {
  if (isLocalDate(on)) return on;
  throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: '/query/dates', message: `没有 ${on} 这一天` }] });
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch { /* said below */ }
  throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: '/query/inputs', message: '应为 JSON 对象' }] });
}
