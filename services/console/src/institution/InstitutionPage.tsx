import { Chip, ClauseNote, DateNote, Empty, Facts, groupedCode, institutionWord, InventedLabel, lineEndWords, lineSuspensionWords, moment, PackOnPage, Page, Part, registrationWords, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { originWords, type Check } from '../check/check.js';
import { boardTone, boardWord, colourTone, type Listed } from '../rectification/rectification.js';
import { groundWords, reviewStates, type Review } from '../review/review.js';
import { LineActForm } from './LineActForm.js';
import { LineForm } from './LineForm.js';
import { glanceOf, knownOf, restWord, reviewUseWords, type ColourYearOf, type Glance, type Institution, type Line } from './institution.js';

type Monitoring = Answer<'listMonitorings'>['items'][number];
const colourWord = (colour: string | null, title?: string): string => (colour === null ? '没有颜色' : (title ?? ({ green: '绿色', yellow: '黄色', red: '红色' }[colour] ?? colour)));

function Base({ it }: { it: Institution }) {
  return (
    <Part title="基本情况">
      <Facts of={[
        ['统一社会信用代码', groupedCode(it.creditCode)], ['类别', institutionWord(it.kind)], ['登记地', it.jurisdiction], ['地址', it.address], ...(it.serves?.length ? [['另在何处开展服务', it.serves.join('、')] as const] : []),
        ...(it.filing || !it.lines?.length ? [[registrationWords(it.kind).title, it.filing ? `${it.filing.number ?? '无编号'}，${it.filing.filedOn}${it.filing.closedOn ? `，${it.filing.closedOn} 注销` : ''}；${it.filing.categories.join('、')}` : '没有登记'] as const] : []),
      ]} />
      {it.lines?.length ? <Table caption="资质" rows={it.lines} columns={lineColumns} rowKey={({ kind }) => kind} /> : null}
      {it.suspensions?.length ? <details><summary>暂停和恢复的登记（{it.suspensions.length}）</summary><Table caption="暂停和恢复的登记" rows={it.suspensions} columns={suspensionColumns} rowKey={({ kind, from, resumedOn }) => `${kind} ${from} ${resumedOn ?? ''}`} /></details> : null}
      {it.colours?.map((colour) => (
        <PackOnPage.Provider key={colour.jurisdiction} value={colour.pack}>
          <p className="zj-note">{colour.year} 年度公开的颜色为 <Chip tone={colourTone(colour.colour)}>{colour.title}</Chip>（{colour.publishedOn} 公开），是资质许可和备案管理的{reviewUseWords[colour.use] ?? colour.use}。<ClauseNote ids={colour.clauses} /></p>
        </PackOnPage.Provider>
      ))}
    </Part>
  );
}
const lineColumns: Column<Line>[] = [
  { key: 'kind', title: '资质', show: ({ kind }) => institutionWord(kind) }, { key: 'number', title: '证书编号', show: ({ number }) => number ?? '—' }, { key: 'issuer', title: '发证机关所在地', show: ({ issuer }) => issuer ?? '未登记' },
  { key: 'term', title: '有效期', show: ({ from, to, ended }) => `${from ?? '—'} 至 ${to ?? '—'}${ended ? `，${lineEndWords[ended]}` : ''}` }, { key: 'state', title: '暂停情况', show: (line) => (line.suspended ? <><Chip tone="warn">暂停中</Chip> {restWord(line)}</> : restWord(line) || '—') }, { key: 'scope', title: '范围', show: ({ categories, items }) => [...(categories ?? []), ...(items ?? [])].join('、') || '未登记' },
];
type Suspension = NonNullable<Institution['suspensions']>[number];
const suspensionColumns: Column<Suspension>[] = [
  { key: 'kind', title: '资质', show: ({ kind }) => institutionWord(kind) }, { key: 'from', title: '暂停', show: ({ from, how, basis }) => <>{from}，{lineSuspensionWords[how]}<br /><span className="zj-soft">{basis}</span></> }, { key: 'reason', title: '暂停的理由', show: ({ reason }) => reason },
  { key: 'to', title: '恢复', show: ({ from, resumedOn, resumedBasis, lapsed }) => (resumedOn ? <>{resumedOn === from ? '登记有误，已更正' : resumedOn}<br /><span className="zj-soft">{resumedBasis}</span></> : lapsed ? '暂停期间终止' : '尚未恢复') }, { key: 'resumed', title: '恢复的理由', show: ({ resumedReason }) => resumedReason ?? '—' },
];

const unknown = <span className="zj-soft">未取得</span>;
const glanceColumns: Column<Glance>[] = [
  { key: 'year', title: '年度', show: ({ year }) => year }, { key: 'colour', title: '颜色', show: ({ colour }) => (colour === undefined ? unknown : <PackOnPage.Provider value={colour.pack}><Chip tone={colourTone(colour.id)}>{colourWord(colour.id)}</Chip><ClauseNote ids={colour.clauses} /></PackOnPage.Provider>) },
  { key: 'score', title: '评分', show: ({ scores }) => (scores === undefined ? unknown : scores || '—') }, { key: 'result', title: '能力比对', show: ({ results }) => (results === undefined ? unknown : results || '—') }, { key: 'red', title: '连续红色', number: true, show: ({ redYears }) => (redYears === undefined ? unknown : redYears || '—') },
  { key: 'report', title: '整改报告', show: ({ report }) => (report === undefined ? unknown : report === null ? '—' : <Chip tone={boardTone(report)}>{boardWord(report)}</Chip>) },
  { key: 'checks', title: '计划检查', number: true, show: ({ checks }) => (checks === undefined ? unknown : checks.planned) }, { key: 'complaints', title: '投诉检查', number: true, show: ({ checks }) => (checks === undefined ? unknown : checks.complaint) },
  { key: 'monitoring', title: '质量监测', number: true, show: ({ monitorings }) => (monitorings === undefined ? unknown : monitorings) },
];

function Glances({ parts }: { parts: Parts }) {
  const rows = glanceOf({ history: knownOf(parts.history)?.years, rectifications: knownOf(parts.rectifications)?.items, checks: knownOf(parts.checks)?.items, monitorings: knownOf(parts.monitorings)?.items });
  const missing = [['颜色', parts.history], ['整改报告', parts.rectifications], ['检查', parts.checks], ['质量监测', parts.monitorings]].flatMap(([word, part]) => ((part as UseQueryResult).isError ? [word as string] : []));
  return (
    <Part title="历年一览" note="颜色依据上一年度的评分和比对结果；“未取得”为这一部分暂时读不到，不是没有。">
      {missing.length ? <p className="zj-partial" role="status">暂时未能取得：{missing.join('、')}。其余照常显示。</p> : null}
      {[parts.history, parts.rectifications, parts.checks, parts.monitorings].some(({ isLoading }) => isLoading) ? <p className="zj-note" role="status">正在读取……</p> : rows.length ? <Table caption="历年一览" rows={rows} columns={glanceColumns} rowKey={({ year }) => String(year)} /> : <Empty>还没有年度记录。</Empty>}
    </Part>
  );
}

const toldColumns: Column<ColourYearOf & { key: string }>[] = [
  { key: 'year', title: '年度', show: ({ year, jurisdiction }) => <>{year}<br /><span className="zj-soft">{jurisdiction}</span></> }, { key: 'colour', title: '颜色', show: ({ colour, publishedOn, clauses, pack }) => <PackOnPage.Provider value={pack}><Chip tone={colourTone(colour)}>{colourWord(colour)}</Chip><ClauseNote ids={clauses} /><br /><span className="zj-soft">{publishedOn ? `${publishedOn} 公开` : '没有公开'}</span></PackOnPage.Provider> },
  { key: 'lines', title: '依据', show: ({ lines }) => <ul className="zj-plain">{lines.map((line) => <li key={line.line}>{institutionWord(line.line)}：{line.served === false ? '未开展技术服务' : `评分 ${line.score ?? '无'}`}（{line.grade ?? '—'}），比对{line.result ?? '无结果'}（{line.level ?? '—'}）{line.colour ? `，${colourWord(line.colour)}` : `，${line.reason ?? '待核实'}`}</li>)}</ul> },
  { key: 'told', title: '公开、更正和撤回', show: ({ told }) => <ul className="zj-plain">{told.map((one) => <li key={one.revision + String(one.publishedOn)}>{one.publishedOn ?? ''} {one.colour === null ? `撤回（原为${colourWord(one.before)}）` : one.erratum ? `更正为${colourWord(one.colour)}（原为${colourWord(one.before)}）` : `公开：${colourWord(one.colour)}`}{one.reason ? `；${one.reason}` : ''}</li>)}</ul> },
];
const reportColumns: Column<Listed>[] = [
  { key: 'year', title: '年度', show: ({ rectificationId, year }) => <Link to={`/rectifications/${rectificationId}`}>{year} 年度</Link> }, { key: 'colour', title: '颜色', show: ({ colour, colourTitle }) => <Chip tone={colourTone(colour)}>{colourTitle}</Chip> },
  { key: 'due', title: '期限', show: ({ dueOn, firm, because, counted, clauses, calendar, pack }) => <PackOnPage.Provider value={pack}>{dueOn ?? '没有规定'}{dueOn && !firm ? '（暂定）' : ''}<DateNote because={because} counted={counted} clauses={clauses} calendar={calendar} firm={firm || !dueOn} /></PackOnPage.Provider> }, { key: 'state', title: '情况', show: ({ board }) => <Chip tone={boardTone(board)}>{boardWord(board)}</Chip> }, { key: 'late', title: '时限', show: ({ late }) => (late === null ? '—' : late ? '逾期' : '按时') },
];
const checkColumns: Column<Check>[] = [
  { key: 'on', title: '日期', show: ({ visitedOn }) => visitedOn }, { key: 'origin', title: '来源', show: ({ origin }) => originWords[origin] }, { key: 'problems', title: '问题', show: ({ problems }) => (problems.length ? problems.join('；') : '未发现问题') }, { key: 'result', title: '处理', show: ({ result }) => result },
];
const monitoringColumns: Column<Monitoring>[] = [
  { key: 'on', title: '日期', show: ({ visitedOn }) => visitedOn }, { key: 'problems', title: '问题', show: ({ problems }) => (problems.length ? problems.join('；') : '未发现问题') }, { key: 'result', title: '结论', show: ({ result }) => result },
];
const reviewColumns: Column<Review>[] = [
  { key: 'what', title: '事由', show: ({ reviewId, ground, because }) => <Link to={`/reviews/${reviewId}`}>{groundWords[ground]}：{because}</Link> }, { key: 'opened', title: '提出', show: ({ openedAt }) => moment(openedAt) }, { key: 'state', title: '情况', show: ({ state }) => <Chip tone={reviewStates[state][0]}>{reviewStates[state][1]}</Chip> },
];

interface Paged<T> { items: T[]; next: string | null }

function Listing<T>({ title, of, columns, rowKey, none }: { title: string; of: UseQueryResult<Paged<T>>; columns: readonly Column<T>[]; rowKey: (row: T) => string; none: string }) {
  return <Part title={title}><Shown<Paged<T>> of={of} what={title}>{({ items, next }) => (items.length ? <>{next ? <p className="zj-note">此处列最近的 {items.length} 件。</p> : null}<Table caption={title} rows={items} columns={columns} rowKey={rowKey} /></> : <Empty>{none}</Empty>)}</Shown></Part>;
}

function useParts(institutionId: string) {
  const query = { institutionId, limit: 200 };
  const mayReview = useIs('province', 'city', 'county', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor');
  return {
    history: useAnswer('getColourHistory', { params: { institutionId } }), rectifications: useAnswer('listRectifications', { query }), checks: useAnswer('listChecks', { query }), monitorings: useAnswer('listMonitorings', { query }),
    reviews: useAnswer('listReviews', { query: { institutionId, limit: 100 } }, { enabled: mayReview }), mayReview,
  };
}
type Parts = ReturnType<typeof useParts>;

/** A body with its years at a glance. Each part is another room's and loads by itself; one that cannot says so. */
export function InstitutionPage() {
  const { institutionId = '' } = useParams();
  const officer = useIs('province', 'city', 'county');
  const base = useAnswer('getInstitution', { params: { institutionId } });
  const parts = useParts(institutionId);
  return (
    <Page title={base.data?.name ?? '机构一览'} trail={<Link to="/institutions">机构名录</Link>} aside={<><Link className="zj-button" to={`/decisions?subject=${institutionId}`}>决定凭证</Link><button type="button" className="zj-button" onClick={() => window.print()}>打印</button></>}>
      {base.data?.invented ? <p><InventedLabel /></p> : null}
      <Shown of={base} what="基本情况">{(it) => <Base it={it} />}</Shown>
      <Glances parts={parts} />
      <Part title="颜色及其依据"><Shown of={parts.history} what="历年颜色">{({ years }) => (years.length ? <Table caption="颜色及其依据" rows={years.map((one) => ({ ...one, key: one.runId }))} columns={toldColumns} rowKey={({ key }) => key} /> : <Empty>还没有赋色。</Empty>)}</Shown></Part>
      <Listing title="整改报告" of={parts.rectifications} columns={reportColumns} rowKey={({ rectificationId }) => rectificationId} none="没有须提交的整改报告。" />
      <Listing title="现场检查" of={parts.checks} columns={checkColumns} rowKey={({ checkId }) => checkId} none="没有登记过检查。" />
      <Listing title="质量监测" of={parts.monitorings} columns={monitoringColumns} rowKey={({ monitoringId }) => monitoringId} none="没有登记过质量监测。" />
      {parts.mayReview ? <Listing title="资质审查" of={parts.reviews} columns={reviewColumns} rowKey={({ reviewId }) => reviewId} none="没有审查事项。" /> : null}
      {officer && base.data ? <LineActForm key={`acts ${base.data.version}`} institution={base.data} /> : null}
      {officer && base.data ? <LineForm key={base.data.version} institution={base.data} /> : null}
    </Page>
  );
}
