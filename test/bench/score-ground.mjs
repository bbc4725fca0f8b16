// What both figures on scores stand on: a register of bodies, a year's evaluation, lines of a score sheet with and without faults.
import { creditCodeOf } from '@zhijian/policy';
import { idOf } from './ground.mjs';

export const place = '990200';
export const line = 'occupational-health-service';
export const year = 2025;
export const planId = 'plan-bench';
export const items = Array.from({ length: 20 }, (_, at) => ({ id: `i${at + 1}`, number: `${Math.floor(at / 5) + 1}.${(at % 5) + 1}`, text: `第${at + 1}项指标`, key: at === 6 || at === 13, mayNotApply: at === 9 || at === 19 }));

const body = (kind, at) => ({ id: idOf(`${kind} ${at}`), name: `测试技术服务机构${kind}${at}`, creditCode: creditCodeOf(`91${place}MA${kind}${String(at).padStart(6, '0')}`) });
/** Bodies that are evaluated; `B` holds another line, `C` is of another place, `D` is in no register. */
export const bodiesOf = (count, kind = 'A') => Array.from({ length: count }, (_, at) => body(kind, at));

/** The register and the plan, by SQL. */
export async function layScores(client, count) {
  const add = (bodies, kind, home) => client.query(
    `insert into quality_control.institution_ref (id, credit_code, name, kind, lines, jurisdiction, invented, revision)
     select id, "creditCode", name, $2, jsonb_build_array(jsonb_build_object('kind', $2::text, 'number', null, 'issuer', null, 'from', '2020-01-01', 'to', null)), $3, true, 1 from jsonb_to_recordset($1::jsonb) as b(id text, "creditCode" text, name text)`, [JSON.stringify(bodies), kind, home]);
  await add(bodiesOf(count), line, place);
  await add(bodiesOf(25, 'B'), 'health-examination', place);
  await add(bodiesOf(25, 'C'), line, '880101');
  await client.query(`insert into quality_control.evaluation_plan (id, jurisdiction, concerns, year, line, set_id, title, pack, pack_version, pack_hash, opened_at, opened_by)
    values ($1, $2, array[$2, '880101'], $3, $4, 'quality', '质量指标', 'testland/indicators', 1, 'h', now(), 'bench')`, [planId, place, year, line]);
  await client.query(`update quality_control.evaluation_plan set concerns = array[$1::text]`, [place]);
  await client.query('vacuum analyze quality_control.institution_ref');
}

/** A faultless line: what an officer sees in each column, by key. */
export function lineOf({ creditCode, name }, item, at) {
  const idle = item.mayNotApply && at % 7 === 0;
  return { creditCode, name, line: '职业卫生技术服务机构', year, served: '是', item: item.number, text: item.text, score: idle ? null : ((at % 11) / 2).toString(), notApplicable: idle ? '是' : null, keyPassed: item.key ? '是' : null, note: at % 10 === 0 ? `第${at}处记录不全` : null };
}

/** The same as `streamTable` gives it. */
export const valueOf = (shown) => ({ ...shown, line, served: true, notApplicable: shown.notApplicable ? true : null, keyPassed: shown.keyPassed ? true : null });
