import { join } from 'node:path';
import { builtInPacks, builtInSources, checkPack, clonePack, dateFaults, dateTitle, diffPacks, explain, mayBeApproved, PackError, packName, Packs, parsePack, placeOf, planCampaign, readFiles, readSource, timeFaults, unreadableAt, type About, type Clone, type DateFault, type GroundedDecision, type Grounds, type Pack } from '@zhijian/policy';
import { dayKind, isLocalDate, type Calendar, type LocalDate } from '@zhijian/calendar';
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

  /** On which clauses of the nation's law a decision of this room rests. */
  groundsOf(decision: GroundedDecision, about: About): Promise<Grounds> {
    return this.packs.groundsOf(decision, about);
  }

  /** @throws Trouble 404 */
  async one(id: string, version: number): Promise<Pack> {
    if (![...this.packs.list(), ...this.packs.laws()].some((it) => it.id === id && it.version === version)) throw new Trouble(404, 'not-found', '没有安装这个政策包');
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

  /** The dates that a draft for another year, the next one unless said, would take over from a pack, moved along. @throws Trouble 404, 422 for the pack's own year */
  async nextYear(id: string, version: number, year: number | undefined, calendar: Calendar) {
    const pack = await this.one(id, version);
    const wanted = year ?? Number(pack.inForce.from.slice(0, 4)) + 1;
    const draft = this.cloned(pack, wanted, {});
    const dates = draft.shifted.map((date) => ({ place: placeOf(date), title: dateTitle(pack, date), was: date.was, now: date.now, dayOff: offWords(date.now, calendar), clauses: [...date.clauses] }));
    return { id: draft.id, year: wanted, from: packName(pack), calendar: calendar.version, dates };
  }

  /** A draft for another year with the dates as they are given; each that cannot be is named by its place in the question. @throws Trouble 404, 422 */
  async draftFor(id: string, version: number, { year, dates }: { year: number; dates: readonly { place: string; on: string }[] }, calendar: Calendar) {
    const pack = await this.one(id, version);
    const given = Object.fromEntries(dates.map(({ place, on }) => [place, on.trim()]));
    const proposed = this.cloned(pack, year, {}).shifted;
    const missing = proposed.map(placeOf).filter((place) => !Object.hasOwn(given, place)).map((place): DateFault => ({ place, message: '须写明或确认日期' }));
    refuseDates([...dateFaults(proposed, given), ...missing], dates);
    const draft = this.cloned(pack, year, given);
    const read = await parsePack(draft.files, this.packs.parents).catch((error: unknown) => {
      if (!(error instanceof PackError)) throw error;
      return refuseDates(unreadableAt(error, draft.shifted), dates);
    });
    if (read) refuseDates(timeFaults(pack, read, draft.shifted, calendar), dates);
    return { id: draft.id, year, from: packName(pack), files: Object.entries(draft.files).map(([name, text]) => ({ name, text })) };
  }

  private cloned(pack: Pack, year: number, dates: Readonly<Record<string, string>>): Clone {
    const { folder } = this.packs.list().find((it) => it.id === pack.id && it.version === pack.version)!;
    try {
      return clonePack(readFiles(folder), { year, from: packName(pack), dates });
    } catch (error) {
      if (error instanceof PackError) throw new Trouble(422, 'pack-year-same', error.problems[0]?.message ?? '年份与政策包相同', { errors: [{ path: '/year', message: '须为另一年' }] });
      throw error;
    }
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

/** Why a day may not do: it is one off; null for working days, and for months and years. */
function offWords(on: string, calendar: Calendar): string | null {
  if (!isLocalDate(on)) return null;
  const { working, kind, firm } = dayKind(on, calendar);
  return working ? null : `${kind === 'weekend' ? '双休日' : '放假的日子'}${firm ? '' : '（当年放假安排尚未录入）'}`;
}

/** @throws Trouble 422 naming each fault by the place of its date in the question; nothing where there is none */
function refuseDates(faults: readonly DateFault[], dates: readonly { place: string }[]): undefined {
  if (faults.length === 0) return undefined;
  const pathOf = (place: string): string => { const at = dates.findIndex((date) => date.place === place); return at < 0 ? '/dates' : `/dates/${at}/on`; };
  throw new Trouble(422, 'next-year-dates', '有日期不能这样写，未生成草稿', { errors: faults.map(({ place, message }) => ({ path: pathOf(place), message })) });
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
