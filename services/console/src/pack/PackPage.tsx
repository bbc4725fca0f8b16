import { ClauseNote, Empty, Facts, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { CheckPart } from './CheckPart.js';
import { DiffPart } from './DiffPart.js';
import { caseWords } from './golden.js';
import { namesIn, valuesOf, type Clause, type GoldenCase, type Pack } from './pack.js';
import { PlanPart } from './Plan.js';
import { SourceText } from './SourceText.js';
import { Decisions, Values } from './Tables.js';
import './pack.css';

const tabs = [['plan', '阶段与任务'], ['decisions', '决策表'], ['values', '数值'], ['lists', '清单与表式'], ['check', '校核'], ['golden', '样例'], ['diff', '版本差异']] as const;

function Lists({ pack, about }: { pack: Pack; about: (clauses: readonly string[]) => boolean }) {
  const lists = Object.values(pack.checklists).map((list) => ({ ...list, items: list.items.filter((item) => about(item.clauses)) })).filter(({ items }) => items.length);
  const forms = Object.values(pack.forms).filter((form) => about(form.clauses));
  return (
    <>
      {lists.map((list) => <section key={list.id}><h3>{list.title}</h3><ol>{list.items.map((item) => <li key={item.id}>{item.text}<ClauseNote ids={item.clauses} /></li>)}</ol></section>)}
      {forms.map((form) => (
        <section key={form.id}><h3>{form.title}<ClauseNote ids={form.clauses} /></h3>
          <p>{form.columns.map((column) => (column.columns ? `${column.title}（${column.columns.map(({ title }) => title).join('、')}）` : column.title)).join(' ｜ ')}</p>
          {form.notes.map((note) => <p key={note} className="zj-hint">{note}</p>)}
        </section>
      ))}
      {lists.length + forms.length ? null : <Empty>没有与所选条款有关的清单或表式。</Empty>}
    </>
  );
}

function goldenColumns(pack: Pack): Column<GoldenCase>[] {
  const { asked, expected } = caseWords(pack);
  return [
    { key: 'title', title: '样例', show: ({ title, clauses }) => <>{title}<ClauseNote ids={clauses} /></> },
    { key: 'asked', title: '所问', show: (it) => <>{it.decision ? <span className="zj-soft">{pack.decisions[it.decision]?.name}。</span> : null}{asked(it)}</> },
    { key: 'expect', title: '应得', show: expected },
  ];
}

function Golden({ pack, cases }: { pack: Pack; cases: readonly GoldenCase[] }) {
  return cases.length ? <div className="pack-golden"><Table caption="样例" rows={cases} columns={goldenColumns(pack)} rowKey={(it) => JSON.stringify(it)} /></div> : <Empty>没有与所选条款有关的样例。</Empty>;
}

function Body({ pack }: { pack: Pack }) {
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') ?? 'plan';
  const chosen = search.get('clause');
  const turn = (changes: Record<string, string | null>) => setSearch((before) => {
    const next = new URLSearchParams(before);
    for (const [key, value] of Object.entries(changes)) if (value === null) next.delete(key); else next.set(key, value);
    return next;
  }, { replace: true });
  const about = (clauses: readonly string[]) => !chosen || clauses.includes(chosen);
  const tables = Object.values(pack.decisions).filter(({ rules }) => about(rules.flatMap(({ clauses }) => clauses)));
  const values = valuesOf(pack).filter(({ clauses }) => about(clauses));
  const cases = pack.golden.filter(({ clauses }) => about(clauses));
  const parts: Record<string, React.ReactNode> = {
    plan: <PlanPart pack={pack} />,
    decisions: tables.length ? <Decisions pack={pack} tables={tables} /> : <Empty>没有与所选条款有关的决策表。</Empty>,
    values: values.length ? <Values rows={values} names={namesIn(pack)} /> : <Empty>没有与所选条款有关的数值。</Empty>,
    lists: <Lists pack={pack} about={about} />,
    check: <CheckPart pack={pack} />,
    golden: <Golden pack={pack} cases={cases} />,
    diff: <DiffPart pack={pack} />,
  };
  return (
    <div className="pack-two">
      <Part title="条款与原文" note="有底色的文字是条款引用的原句；点选后，右侧的决策、数值、样例只列与它有关的。" aside={chosen ? <button type="button" className="zj-link" onClick={() => turn({ clause: null })}>显示全部</button> : null}>
        <label className="zj-field">条款
          <select className="zj-input" value={chosen ?? ''} onChange={(event) => turn({ clause: event.target.value || null })}>
            <option value="">全部</option>
            {Object.entries(pack.clauses).map(([id, { quote, normative }]: [string, Clause]) => <option key={id} value={id}>{id}{normative ? '' : '（供登记）'} {quote.slice(0, 24)}</option>)}
          </select>
        </label>
        <SourceText pack={pack} chosen={chosen} choose={(clause) => turn({ clause })} />
      </Part>
      <Part title={tabs.find(([id]) => id === tab)?.[1] ?? ''} aside={<div className="pack-tabs" role="tablist" aria-label="政策包内容">{tabs.map(([id, label]) => <button key={id} type="button" role="tab" aria-selected={id === tab} className="zj-button" onClick={() => turn({ tab: id })}>{label}</button>)}</div>}>
        {parts[tab] ?? parts['plan']}
      </Part>
    </div>
  );
}

/** A pack: the document on the left with the sentences it quotes, what they became on the right. */
export function PackPage() {
  const { place = '', plan = '', version = '' } = useParams();
  const answer = useAnswer('getPack', { params: { place, plan, version: Number(version) } });
  return (
    <Shown of={answer} what="政策包">
      {(data) => {
        const pack = data as Pack;
        return (
          <PackOnPage.Provider value={`${pack.id}@${pack.version}`}>
            <Page title={pack.title} trail={<Link to="/packs">政策包</Link>}>
              <Part title="文件">
                <Facts of={[
                  ['文件', pack.document.title], ['文号', pack.document.number ?? '文件未载明'], ['印发', pack.document.issued ?? '文件未载明'], ['编号与版本', `${pack.id}@${pack.version}`],
                  ['区划', pack.jurisdiction], ['适用', `${pack.inForce.from} 至 ${pack.inForce.to ?? '未定'}`], ['条款', `${Object.keys(pack.clauses).length} 条`], ['内容摘要', <code key="hash">{pack.hash.slice(0, 16)}</code>],
                ]} />
              </Part>
              <Body pack={pack} />
            </Page>
          </PackOnPage.Provider>
        );
      }}
    </Shown>
  );
}
