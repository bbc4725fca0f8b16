import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { measureEntered } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { freeCells, measureTable, measureWords, readTable } from '@zhijian/documents';
import { saying, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import type { Campaign } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { inUnit } from '../notification/notification.service.js';
import { isCountedHere } from './target.rules.js';

export type MeasureRefusal = 'measure-foreign' | 'measure-not-entered' | 'measure-kind' | 'measure-in-future' | 'measure-file' | 'measure-closed';
export const measureSentences = {
  'measure-foreign': '您不在该辖区任职',
  'measure-not-entered': '“{measure}”由系统统计或不在本次行动的目标之内，不能填报',
  'measure-kind': '目标不涉及这类机构',
  'measure-in-future': '截至日期 {on} 尚未到来',
  'measure-file': '表格有误，未导入任何数据',
  'measure-closed': '行动尚未批准，不能填报',
} satisfies Record<MeasureRefusal, string>;

export type MeasureBody = BodyOf<typeof inspection.enterMeasure>;
export interface EnteredMeasure extends MeasureBody { measureId: string; enteredAt: string; actor: string }
type Line = Omit<MeasureBody, 'unit'>;

/** Counts that come from elsewhere, entered by hand or from a table; the last one entered stands, all are kept. */
@Injectable()
export class TargetService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  enter(campaignId: string, { unit, ...line }: MeasureBody, principal: Principal, by: Caller): Promise<EnteredMeasure | Refused<MeasureRefusal>> {
    return this.within(inspection.enterMeasure, campaignId, unit, principal, by, async (tx, campaign, pack) => {
      const fault = faultOf(line, pack, tx.now.slice(0, 10));
      if (fault) return refuse<MeasureRefusal>(fault.code, [], { measure: measureWords[line.measure] ?? '该指标', on: line.asOf }, { errors: [{ path: fault.path, message: fault.message }] });
      return write(tx, campaign, unit, line);
    });
  }

  /** Every line or none: a table with one fault changes nothing, and every fault names its cell. */
  async importAll(campaignId: string, unit: string, file: Buffer, principal: Principal, by: Caller): Promise<{ imported: number; items: EnteredMeasure[] } | Refused<MeasureRefusal>> {
    const read = await readTable(measureTable, file);
    const words = freeCells(measureTable, read.rows.map(({ value }) => value));
    return this.within(inspection.importMeasures, campaignId, unit, principal, saying(by, words, ['source']), async (tx, campaign, pack) => {
      const rows = read.rows.map(({ row, value }) => ({ row, line: value as unknown as Line }));
      const faults = rows.flatMap(({ row, line }) => {
        const fault = faultOf(line, pack, tx.now.slice(0, 10));
        return fault ? [{ path: `${measureTable.sheet}!${{ '/measure': 'A', '/kind': 'B', '/asOf': 'D' }[fault.path]}${row}`, message: fault.message }] : [];
      });
      const errors = [...read.errors, ...faults];
      if (errors.length || rows.length === 0) return refuse<MeasureRefusal>('measure-file', [], {}, { errors: errors.length ? errors : [{ path: `${measureTable.sheet}!A1`, message: '表格中没有数据' }] });
      const items: EnteredMeasure[] = [];
      for (const { line } of rows) items.push(await write(tx, campaign, unit, line));
      return { imported: items.length, items };
    });
  }

  private within<T>(route: typeof inspection.enterMeasure | typeof inspection.importMeasures, campaignId: string, unit: string, principal: Principal, by: Caller, work: (tx: Tx, campaign: Campaign, pack: Pack) => Promise<T>): Promise<T | Refused<MeasureRefusal>> {
    return this.uow.run({ ...by, jurisdiction: unit }, async (tx) => {
      const { campaign } = await inUnit(tx, campaignId, unit);
      if (!inPlace(principal, unit)) return refuse<MeasureRefusal>('measure-foreign');
      if (!stateAllows(route, { campaign: campaign.state })) return refuse<MeasureRefusal>('measure-closed', [], {}, { wrongState: true });
      return work(tx, campaign, await this.packs.get(packNameOf(campaign)));
    });
  }
}

/** Asked for by a target of the pack, not counted by this room, about a kind of that target, up to a day that has come. */
function faultOf({ measure, kind, asOf }: Line, pack: Pack, today: string): { code: MeasureRefusal; path: '/measure' | '/kind' | '/asOf'; message: string } | null {
  const targets = Object.values(pack.rules.targets).filter(({ numerator, denominator }) => [numerator, denominator].some((it) => it === measure && !isCountedHere(it)));
  if (targets.length === 0) return { code: 'measure-not-entered', path: '/measure', message: '不由人填报' };
  if (!targets.some(({ kinds }) => kinds.some((it) => it === kind))) return { code: 'measure-kind', path: '/kind', message: '目标不涉及这类机构' };
  return asOf > today ? { code: 'measure-in-future', path: '/asOf', message: '不能晚于今天' } : null;
}

async function write(tx: Tx, campaign: Campaign, unit: string, line: Line): Promise<EnteredMeasure> {
  const measureId = newId();
  const { measure, kind, count, asOf, source } = line;
  await tx.query('insert into measure_entry (id, campaign_id, unit, measure, kind, count, as_of, source, entered_at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [measureId, campaign.id, unit, measure, kind, count, asOf, source, tx.now, tx.by.actor]);
  tx.fact(measureEntered, unit, { campaignId: campaign.id, unit, measureId, measure, kind, count, asOf, source }, unit);
  tx.note('measure entered', measureId, policyOf(campaign, []), { unit, measure, kind, count, asOf, source });
  return { unit, ...line, measureId, enteredAt: tx.now, actor: tx.by.actor };
}
