import { call, Chip, Empty, Field, FieldGroup, Part, ProblemNote, packParts, usePack, useSubmissionOf, institutionWord } from '@zhijian/web';
import { useQuery } from '@tanstack/react-query';
import type { Answer } from '@zhijian/web';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { bodiesIn, mostBodies, rosterOf, usualInspectors, type Intent, type Planned, type Rehearsal } from './plan.js';
import { RehearsalReport } from './RehearsalReport.js';

type Institution = Answer<'listInstitutions'>['items'][number];

/** The register's bodies of these units, page by page, at most one more than a rehearsal takes. */
async function registerOf(codes: readonly string[]): Promise<Institution[]> {
  const found: Institution[] = [];
  for (const unit of codes) {
    let cursor: string | undefined;
    do {
      const { items, next }: Answer<'listInstitutions'> = await call('listInstitutions', { query: { unit, limit: 500, cursor } });
      found.push(...items);
      cursor = next ?? undefined;
    } while (cursor && found.length <= mostBodies);
  }
  return found;
}

const numberIn = (text: string, most: number): number => Math.min(most, Math.max(0, Math.round(Number(text) || 0)));

function Staff({ intent, put, bodies }: { intent: Intent; put: (more: Partial<Intent>) => void; bodies: readonly Institution[] }) {
  return (
    <table className="zj-table">
      <caption className="zj-hidden">各单位的机构与执法人员</caption>
      <thead><tr><th scope="col">单位</th><th scope="col">名录中的机构</th><th scope="col">执法人员</th></tr></thead>
      <tbody>{intent.units.map(({ code, name }) => {
        const known = bodiesIn(bodies, code).length;
        return (
          <tr key={code}>
            <td data-title="单位">{name}</td>
            <td data-title="名录中的机构">{known ? `${known} 家` : <label>名录中没有，假设 <input className="zj-input plan-number" inputMode="numeric" aria-label={`${name}假设的机构家数`} value={intent.supposed[code] ?? 0} onChange={(event) => put({ supposed: { ...intent.supposed, [code]: numberIn(event.target.value, 1000) } })} /> 家</label>}</td>
            <td data-title="执法人员"><input className="zj-input plan-number" inputMode="numeric" aria-label={`${name}执法人员数`} value={intent.inspectors[code] ?? usualInspectors} onChange={(event) => put({ inspectors: { ...intent.inspectors, [code]: numberIn(event.target.value, 20) } })} /> 人</td>
          </tr>
        );
      })}</tbody>
    </table>
  );
}

interface Played { asked: Rehearsal; inTime: Rehearsal }

/** Plays the campaign before it exists: once as asked, once with nobody late, so that the difference can be seen. */
export function RehearsalStep({ intent, put, plan, onward }: { intent: Intent; put: (more: Partial<Intent>) => void; plan: Planned; onward: ReactNode }) {
  const pack = usePack().data as { campaign?: { scope?: { kinds?: string[] } } } | undefined;
  const kinds = pack?.campaign?.scope?.kinds ?? [];
  const register = useQuery({ queryKey: ['register of', intent.units.map(({ code }) => code)], queryFn: () => registerOf(intent.units.map(({ code }) => code)) });
  const roster = rosterOf((register.data ?? []).filter(({ kind }) => kinds.includes(kind)), intent, kinds[0] ?? '');
  const parts = packParts(intent.pack);
  const rehearse = useSubmissionOf(async ({ late, seed, bodies }: { late: number; seed: number; bodies: typeof roster }, key: string): Promise<Played> => {
    const ask = (share: number) => call('rehearsePack', { ...(parts ? { params: parts } : {}), key: `${key}-${share}`, body: { bodies, late: share, seed, unitNames: Object.fromEntries(intent.units.map(({ code, name }) => [code, name])), dates: [...intent.dates] } });
    const [asked, inTime] = [await ask(late), await ask(0)];
    return { asked, inTime };
  });
  const tooMany = roster.length > mostBodies;
  return (
    <>
      <Part title="推演" note="按这份计划把行动走一遍，看哪些日子任务集中、谁忙不过来、迟报会带来什么。只作推演，不留任何数据，也不通知任何人。">
        {register.isError ? <ProblemNote error={register.error} again={() => void register.refetch()} reading="机构名录" /> : register.isPending ? <p role="status">正在读取机构名录……</p> : <Staff intent={intent} put={put} bodies={(register.data ?? []).filter(({ kind }) => kinds.includes(kind))} />}
        <p className="zj-hint">涉及的机构类别：{kinds.map(institutionWord).join('、')}。每次检查两人同行。</p>
        <FieldGroup pointer="/late" label="假设">
          <div className="zj-row">
            <Field pointer="/late/share" label="迟报比例（%）">{(field) => <input {...field} className="zj-input plan-number" inputMode="numeric" value={intent.late} onChange={(event) => put({ late: numberIn(event.target.value, 100) })} />}</Field>
            <Field pointer="/late/seed" label="种子">{(field) => <input {...field} className="zj-input plan-number" inputMode="numeric" aria-describedby="seed-hint" value={intent.seed} onChange={(event) => put({ seed: numberIn(event.target.value, 2_147_483_647) })} />}</Field>
            <button type="button" className="zj-button zj-primary" disabled={rehearse.pending || !roster.length || tooMany} onClick={() => void rehearse.send({ late: intent.late, seed: intent.seed, bodies: roster })}>{rehearse.pending ? '正在推演……' : '推演'}</button>
          </div>
          <p className="zj-hint" id="seed-hint">种子相同，结果相同；换一个种子，迟报的机构和检查的先后随之不同。</p>
        </FieldGroup>
        {tooMany ? <p className="zj-partial">共 {roster.length} 家，一次推演最多 {mostBodies} 家，请分批选择单位。</p> : null}
        {!register.isPending && !roster.length ? <Empty action={<Link className="zj-button" to="/institutions/import">导入名单</Link>}>名录中没有这些单位的机构。可先导入名单，或在上表假设家数后推演。</Empty> : null}
        {rehearse.problem ? <ProblemNote error={rehearse.problem} /> : null}
      </Part>
      {rehearse.answer ? <RehearsalReport played={rehearse.answer} plan={plan} nameOf={(code) => intent.units.find((it) => it.code === code)?.name ?? (plan.cities.some(({ city }) => city === code) ? code : '全行动')} /> : null}
      <p className="zj-actions">{onward}{rehearse.answer ? <Chip tone="good">已推演</Chip> : <span className="zj-soft">可不推演而直接拟定。</span>}</p>
    </>
  );
}
