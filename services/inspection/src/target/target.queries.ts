import { Injectable } from '@nestjs/common';
import { addDays, addMonths, localDate } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { Measure, Pack, TargetRule } from '@zhijian/policy';
import { beijing, Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf } from '../campaign/campaign.shown.js';
import { isCountedHere, reached, sum, type Count } from './target.rules.js';
import { counted, countedRows, entered, enteredCount, type Asked } from './target.store.js';

/** `known`: what has been counted for this answer; targets share their measures. */
interface Ground { campaign: Campaign; pack: Pack; units: string[]; today: string; known: Map<string, Promise<unknown>> }
type ByKind = (kind: string) => Count;

/** Targets of a running campaign, counted when asked; what this system does not have is what was entered last, with its source. */
@Injectable()
export class TargetQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  async list(campaignId: string, unit: string | undefined) {
    const ground = await this.ground(campaignId, unit);
    const items = await Promise.all(Object.entries(ground.pack.rules.targets).map(([id, rule]) => this.one(ground, id, rule)));
    return { items, asOf: ground.today };
  }

  /** The bodies behind a target that is counted here. */
  async bodies(campaignId: string, target: string, { unit, kind, counted: wanted }: { unit?: string | undefined; kind?: string | undefined; counted?: string | undefined }) {
    const ground = await this.ground(campaignId, unit);
    const rule = ground.pack.rules.targets[target];
    if (!rule) throw notFound('这项目标');
    const asked = askedOf(ground, rule, kind);
    const all = isCountedHere(rule.denominator) ? await countedRows(this.dataSource, rule.denominator, asked) : [];
    const inside = isCountedHere(rule.numerator) ? await countedRows(this.dataSource, rule.numerator, asked) : [];
    const keyOf = ({ caseId, institutionId }: (typeof all)[number]) => caseId ?? institutionId;
    const by = new Map(inside.map((row) => [keyOf(row), row]));
    const rows = all.map((row) => ({ ...row, ...(by.get(keyOf(row)) ?? {}), counted: by.has(keyOf(row)) }));
    return { items: wanted === undefined ? rows : rows.filter((row) => String(row.counted) === wanted), next: null };
  }

  async ground(campaignId: string, unit: string | undefined): Promise<Ground> {
    const campaign = await this.dataSource.manager.findOneBy(Campaign, { id: campaignId });
    if (!campaign) throw notFound('这项专项行动');
    const rows = await this.dataSource.manager.find(CampaignUnit, { where: { campaignId }, select: { unit: true } });
    const units = rows.map((row) => row.unit).filter((code) => code !== wholeCampaign && (!unit || code === unit));
    return { campaign, pack: await this.packs.get(packNameOf(campaign)), units, today: beijing(this.clock.milliseconds()).slice(0, 10), known: new Map() };
  }

  private async one(ground: Ground, id: string, rule: TargetRule) {
    const kinds = rule.kinds;
    const [numerator, denominator] = await Promise.all([this.counts(ground, rule, rule.numerator), this.counts(ground, rule, rule.denominator)]);
    const each = rule.each === 'total' ? [] : kinds.map((kind) => reached(rule, kind, numerator(kind), denominator(kind)));
    const total = rule.each === 'kind' ? null : reached(rule, null, sum(kinds.map(numerator)), sum(kinds.map(denominator)));
    const { from, to } = periodOf(rule, ground.today);
    return {
      target: id, title: rule.title, wording: rule.wording ?? null, op: rule.op, percent: rule.percent, numerator: rule.numerator, denominator: rule.denominator, data: rule.data, from, to,
      periodStated: rule.periodStated, reading: rule.reading ?? null, total, kinds: each, clauses: [...rule.clauses], pack: packNameOf(ground.campaign), calendar: ground.campaign.calendar,
    };
  }

  private async counts(ground: Ground, rule: TargetRule, measure: Measure): Promise<ByKind> {
    const asked = askedOf(ground, rule);
    if (isCountedHere(measure)) {
      const known = await once(ground, ['count', measure, asked], () => counted(this.dataSource, measure, asked));
      return (kind) => ({ count: known.get(kind) ?? 0, sources: [] });
    }
    const [entries, there] = await Promise.all([once(ground, ['entered', measure], () => entered(this.dataSource, measure, asked)), once(ground, ['there', asked.kinds], () => countedRows(this.dataSource, 'institutions', asked))]);
    return (kind) => enteredCount(entries.get(kind), [...new Set(there.filter((row) => row.kind === kind).map(({ unit }) => unit))]);
  }
}

/** Asked once for an answer, however many targets want it. */
function once<T>({ known }: Ground, key: unknown, ask: () => Promise<T>): Promise<T> {
  const name = JSON.stringify(key);
  const asked = (known.get(name) as Promise<T> | undefined) ?? ask();
  known.set(name, asked);
  return asked;
}

const askedOf = ({ campaign, units, today }: Ground, rule: TargetRule, kind?: string): Asked => ({ campaignId: campaign.id, units, kinds: kind ? [kind] : rule.kinds, about: rule.about, ...periodOf(rule, today) });

/** The days counted: a fixed window, or so many months up to today. */
function periodOf({ period }: TargetRule, today: string): { from: string | null; to: string | null } {
  if (!period) return { from: null, to: null };
  if ('from' in period) return { from: period.from, to: period.to };
  return { from: addDays(addMonths(localDate(today), -period.rollingMonths), 1), to: today };
}
