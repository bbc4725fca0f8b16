import { Chip, ClauseNote, Empty, institutionWord, InventedLabel, PackOnPage, Page, Part, ProblemNote, Shown, Table, useAnswer, useSubmission, type Column } from '@zhijian/web';
import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useIs, useSession } from '../app/session.js';
import { Progress } from './EvaluationsPage.js';
import { Scores } from './Scores.js';
import { gapWords, progressParts, stateWords, type EvaluatedBody, type PlanDetail, type SheetState } from './evaluation.js';

const StateChip = ({ state }: { state: SheetState | null }) => <Chip tone={stateWords[state ?? 'untouched'][0]}>{stateWords[state ?? 'untouched'][1]}</Chip>;

/** What may be done with many sheets at once, by the state they are in. */
const steps = {
  draft: { route: 'submitEvaluations', word: '提交复核', roles: ['quality-centre', 'expert', 'province', 'city'], note: '提交后由另一人复核，复核以前不能再修改。' },
  returned: { route: 'submitEvaluations', word: '提交复核', roles: ['quality-centre', 'expert', 'province', 'city'], note: '提交后由另一人复核，复核以前不能再修改。' },
  submitted: { route: 'lookAtEvaluations', word: '复核无误', roles: ['quality-centre', 'expert', 'province', 'city'], note: '自己评过分的表不能由自己复核。' },
  looked: { route: 'signEvaluations', word: '审签', roles: ['quality-centre', 'province', 'city', 'approver'], note: '审签后评分即生效，并作为分色的依据。自己评过分的表不能由自己审签。' },
} as const;
type Movable = keyof typeof steps;
const isMovable = (state: string | null): state is Movable => state !== null && state in steps;

function Many({ planId, state, chosen, onDone }: { planId: string; state: Movable; chosen: readonly EvaluatedBody[]; onDone: () => void }) {
  const { me } = useSession();
  const { route, word, roles, note } = steps[state];
  const move = useSubmission(route);
  const [modal, holder] = Modal.useModal();
  if (!(roles as readonly string[]).includes(me.role)) return null;
  const send = () => void move.send({ params: { planId }, body: { sheets: chosen.map(({ evaluationId, version }) => ({ evaluationId: evaluationId!, version: version! })) } }).then((done) => { if (done) onDone(); });
  return (
    <>
      {holder}
      {move.problem ? <><ProblemNote error={move.problem} again={move.problem.problem.code === 'step-up-needed' ? send : undefined} /><ul>{move.problem.problem.errors.map(({ path, message }) => <li key={path}>{chosen[Number(path.split('/')[2])]?.name}：{message}</li>)}</ul></> : null}
      <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={!chosen.length || move.pending} onClick={() => void modal.confirm({ title: `${word} ${chosen.length} 份评分表？`, content: note, okText: word, cancelText: '再核对一下', onOk: send })}>{word}所选 {chosen.length} 份</button><span className="zj-soft">{note}</span></p>
    </>
  );
}

function Bodies({ plan }: { plan: PlanDetail }) {
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState(search.get('q') ?? '');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const state = search.get('state');
  const cursor = search.get('cursor') ?? undefined;
  const list = useAnswer('listEvaluatedBodies', { params: { planId: plan.planId }, query: { limit: 100, cursor, state: (state ?? undefined) as SheetState | undefined, q: search.get('q') ?? undefined } });
  const put = (change: Record<string, string>) => { setChosen([]); setSearch((before) => new URLSearchParams(Object.entries({ ...Object.fromEntries(before), cursor: '', ...change }).filter(([, value]) => value)), { replace: true }); };
  useEffect(() => {
    if (words.trim() === (search.get('q') ?? '')) return undefined;
    const timer = setTimeout(() => put({ q: words.trim() }), 300);
    return () => clearTimeout(timer);
  }, [words]);
  const turn = (id: string, on: boolean) => setChosen((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  const columns: Column<EvaluatedBody>[] = [
    ...(isMovable(state) ? [{ key: 'choose', title: '选择', show: ({ evaluationId, name }: EvaluatedBody) => <input type="checkbox" aria-label={`选择 ${name}`} checked={chosen.includes(evaluationId ?? '')} onChange={(event) => turn(evaluationId ?? '', event.target.checked)} /> }] : []),
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name, invented }) => <><Link to={`/evaluations/${plan.planId}/bodies/${institutionId}`}>{name}</Link>{invented ? <InventedLabel /> : null}</> },
    { key: 'home', title: '所在区划', sortBy: ({ home }) => home, show: ({ home }) => home },
    { key: 'state', title: '情况', sortBy: ({ state: of }) => of ?? '', show: ({ state: of, missing }) => <><StateChip state={of} />{missing ? <span className="zj-soft">　还缺 {missing} 项</span> : null}</> },
    { key: 'score', title: '总分', number: true, sortBy: ({ score }) => Number(score ?? -1), show: ({ served, score }) => (served === false ? '未开展服务' : (score ?? '—')) },
    { key: 'scorer', title: '评分人', show: ({ scoredBy }) => scoredBy ?? '' },
  ];
  return (
    <Part title="机构" note="查看一种情况的评分表时，可以一并办理。">
      <div className="zj-row" role="search">
        <label>机构名称或统一社会信用代码<input className="zj-input" type="search" value={words} onChange={(event) => setWords(event.target.value)} /></label>
        <label>情况<select className="zj-input" value={state ?? ''} onChange={(event) => put({ state: event.target.value })}><option value="">全部</option>{progressParts.map((part) => <option key={part} value={part}>{stateWords[part][1]}（{plan.progress[part]}）</option>)}</select></label>
      </div>
      <Shown of={list} what="机构">
        {({ items, next }) => (items.length ? (
          <>
            {isMovable(state) ? <Many planId={plan.planId} state={state} chosen={items.filter(({ evaluationId }) => chosen.includes(evaluationId ?? ''))} onDone={() => setChosen([])} /> : null}
            {isMovable(state) ? <p><button type="button" className="zj-link" onClick={() => setChosen(items.map(({ evaluationId }) => evaluationId ?? ''))}>选择本页全部</button></p> : null}
            <Table caption="应评估的机构" rows={items} columns={columns} rowKey={({ institutionId }) => institutionId} />
            <p className="zj-actions">{cursor ? <button type="button" className="zj-button" onClick={() => put({})}>回到第一页</button> : null}{next ? <button type="button" className="zj-button" onClick={() => put({ cursor: next })}>下一页</button> : <span className="zj-soft">已到末尾。</span>}</p>
          </>
        ) : <Empty>{state || search.get('q') ? '没有符合条件的机构。' : '本辖区当年没有持有这类资质的机构。机构名录更新后，这里随之更新。'}</Empty>)}
      </Shown>
    </Part>
  );
}

/** One year's evaluation of a line: its indicators, how far it is, and every body's sheet. */
export function EvaluationPlanPage() {
  const { planId = '' } = useParams();
  const mayScore = useIs('quality-centre', 'expert', 'province', 'city');
  const answer = useAnswer('getEvaluationPlan', { params: { planId } });
  return (
    <Shown of={answer} what="绩效评估">
      {(plan) => (
        <PackOnPage.Provider value={plan.pack}>
          <Page title={`${plan.year} 年度${institutionWord(plan.line)}绩效评估`} trail={<Link to="/evaluations">绩效评估</Link>}
            aside={<>{mayScore ? <Link className="zj-button" to={`/evaluations/${planId}/import`}>导入评分表</Link> : null}<button type="button" className="zj-button" onClick={() => window.print()}>打印</button></>}>
            <Part title="进度"><Progress of={plan} /></Part>
            <Scores plan={plan} />
            <Part title="质量指标" note={<>{plan.indicators.title}，总分 {plan.indicators.total} 分，最小单位 {plan.indicators.grid} 分；{gapWords[plan.indicators.notApplicable]}。<ClauseNote ids={plan.indicators.clauses} /></>}>
              <details><summary>各项指标（{plan.indicators.items.length} 项，其中关键项 {plan.indicators.items.filter(({ key }) => key).length} 项）</summary>
                <Table caption="各项指标" rows={plan.indicators.items} rowKey={({ id }) => id} columns={[
                  { key: 'number', title: '编号', show: ({ id, number }) => number ?? id }, { key: 'text', title: '内容', show: ({ text, key }) => <>{text}{key ? <Chip tone="bad">关键项</Chip> : null}</> },
                  { key: 'points', title: '分值', number: true, show: ({ points, weight }) => (weight ? `${points} × ${weight}%` : points) }, { key: 'deductions', title: '扣分', show: ({ deductions }) => deductions.map(({ text, points, most }) => `${text}，每次 ${points} 分${most ? `，最多 ${most} 分` : ''}`).join('；') },
                ]} />
              </details>
            </Part>
            <Bodies plan={plan} />
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
