import { createHash } from 'node:crypto';
import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { measureTable, writeTable } from '@zhijian/documents';
import type { Pack } from '@zhijian/policy';
import { targetsOn } from './expected.js';
import type { Play } from './scenario.js';

type Reached = AnswerOf<typeof inspection.listTargets>['items'][number]['kinds'][number];

/** Counts that come from elsewhere: a table, or entered one by one; each says its source and day. */
export async function figuresEntered(play: Play, on: string): Promise<string> {
  const params = { campaignId: play.campaignId };
  const unit = play.scenario.units[0]!.code;
  const county = play.officer(unit);
  let lines = 0;
  for (const { by, source, counts } of play.scenario.data.figures.filter((it) => it.on === on)) {
    const rows = counts.map(([measure, kind, count]) => ({ measure: String(measure), kind: String(kind), count: Number(count), asOf: on, source }));
    lines += rows.length;
    if (by === 'hand') for (const row of rows) await county.ask(inspection.enterMeasure, { params, key: play.key('measure', on, row.measure, row.kind), body: { unit, ...row } });
    else {
      const file = await writeTable(measureTable, rows);
      // two tables of the same content differ in their bytes: the key names the bytes
      const { imported } = await county.ask(inspection.importMeasures, { params, query: { unit }, file, key: play.key('measures', on, createHash('sha256').update(file).digest('hex').slice(0, 16)) });
      play.journal.equal('统计数据表导入', imported, rows.length);
    }
  }
  return `填报、导入统计数 ${lines} 项，均注明来源`;
}

const told = ({ numerator, denominator, state }: Reached) => [numerator, denominator, state];

/** Every target against what the data predicts for that day. @returns how the coverage stands */
export async function targetsHold(play: Play, pack: Pack, on: string): Promise<string> {
  const { items, asOf } = await play.lead.ask(inspection.listTargets, { params: { campaignId: play.campaignId } });
  const expected = targetsOn(play.scenario, pack, on);
  play.journal.equal('目标项数', items.length, expected.size);
  const wrong = items.filter(({ target, total, kinds }) => {
    const want = expected.get(target);
    const actual = [total && told(total), kinds.map((one) => [one.kind, ...told(one)])];
    play.journal.equal(`${asOf} ${target}`, actual, [want?.total, want?.kinds]);
    return JSON.stringify(actual) !== JSON.stringify([want?.total, want?.kinds]);
  });
  const states = (state: string): number => items.filter(({ total, kinds }) => (total ?? kinds[0])?.state === state).length;
  const coverage = items.find(({ target }) => target === 'supervision')?.total;
  play.journal.verified(`${items.length} 项目标与数据推算一致：达到 ${states('met')}，未达到 ${states('not-met')}，不适用 ${states('not-applicable')}，待核实 ${states('undetermined')}`, wrong.length === 0);
  return `监管覆盖率 ${coverage?.percent ?? '—'}%（${coverage?.numerator}/${coverage?.denominator}）`;
}
