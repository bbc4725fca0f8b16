import { Chip, ClauseNote, Confirmation, DateInput, Empty, Field, FormShell, PackOnPage, Page, Part, Shown, Table, useAnswer, useSubmission, usePack, type Answer, type Column, type FieldError, type Tone } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { Anchor } from '../app/Anchor.js';
import { PlaceWord } from '../app/PlaceWord.js';
import { searchWith } from '../app/search.js';
import { useIs, useToday } from '../app/session.js';
import { BodySearch } from '../check/BodySearch.js';
import { frequencyWords, fromWords, linesIn, namesIn } from '../check/check.js';
import { SummaryLink, YearPicker, type ColourYear } from '../check/YearPicker.js';
import { coloursIn } from '../colour/colour.js';
import { colourTone } from '../rectification/rectification.js';

type Quota = Answer<'listMonitoringQuotas'>['items'][number];
type Frequency = Answer<'listMonitoringFrequencies'>['items'][number];
type Visit = Answer<'listMonitorings'>['items'][number];
const states: Record<Quota['state'], [Tone, string]> = { owed: ['bad', '尚有未监测'], met: ['good', '已达到'], permitted: ['off', '可监测'], 'not-ruled': ['wait', '方案不定频次'] };

/** What counts for the year, and what was done before. */
function Visits({ visits, done, years, year }: Pick<Quota, 'visits' | 'done' | 'years'> & { year: number }) {
  const ofYear = ({ visitedOn }: Quota['visits'][number]): number => Number(visitedOn.slice(0, 4));
  const counts = (one: Quota['visits'][number]): boolean => ofYear(one) > year - years && ofYear(one) <= year;
  const before = visits.filter((one) => ofYear(one) <= year - years).at(-1);
  return <>{done}{visits.filter(counts).slice(-3).map(({ monitoringId, visitedOn }) => <span key={monitoringId} className="zj-soft"><br />{visitedOn}</span>)}{before ? <span className="zj-soft"><br />此前最近 {before.visitedOn}</span> : null}</>;
}

const quotaColumns = (year: number): Column<Quota>[] => [
  { key: 'name', title: '机构', sortBy: ({ institutionName }) => institutionName, show: ({ institutionId, institutionName, home }) => <><Link to={`/institutions/${institutionId}`}>{institutionName}</Link><br /><span className="zj-soft"><PlaceWord code={home} /></span></> },
  { key: 'colour', title: '颜色', sortBy: ({ colour }) => colour ?? '', show: ({ colour, colourTitle, colourFrom }) => <><Chip tone={colourTone(colour)}>{colourTitle ?? '没有颜色'}</Chip>{colour ? <><br /><span className="zj-soft">{fromWords[colourFrom]}</span></> : null}</> },
  { key: 'often', title: '频次', show: (row) => <>{row.fixed ? `报告后确定：${row.min} 次／${row.years === 1 ? '年' : `${row.years} 年`}` : frequencyWords(row, row.years)}<ClauseNote ids={row.clauses} /></> },
  { key: 'done', title: '已监测', number: true, sortBy: ({ done }) => done, show: ({ done, visits, years }) => <Visits {...{ done, visits, years, year }} /> },
  { key: 'owed', title: '尚欠', number: true, sortBy: ({ owed }) => owed, show: ({ owed }) => owed }, { key: 'state', title: '情况', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={states[state][0]}>{states[state][1]}</Chip> },
];

function Quotas({ jurisdiction, year, pack }: ColourYear) {
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? '';
  const list = useAnswer('listMonitoringQuotas', { params: { jurisdiction, year }, query: { limit: 500, ...(state ? { state: state as Quota['state'] } : {}) } });
  const centre = useIs('quality-centre');
  const columns = centre ? [...quotaColumns(year), { key: 'act', title: '登记', show: ({ institutionId }: Quota) => <Link to={`${searchWith(search, { institution: institutionId })}#record`}>登记监测</Link> }] : quotaColumns(year);
  return (
    <Part title="各机构的监测任务" note="“不少于”为下限；“可”为许可，不是欠账。质控中心报告后确定的频次代替许可。">
      <p className="zj-actions"><label>情况 <select className="zj-input" value={state} onChange={(event) => setSearch((before) => { const next = new URLSearchParams(before); next.set('state', event.target.value); return next; }, { replace: true })}><option value="">全部</option>{Object.entries(states).map(([id, [, word]]) => <option key={id} value={id}>{word}</option>)}</select></label></p>
      <Shown of={list} what="监测任务">{({ items, next }) => (items.length ? <PackOnPage.Provider value={pack}>{next ? <p className="zj-note">此处列前 {items.length} 家，其余按情况筛选。</p> : null}<Table caption="监测任务" rows={items} columns={columns} rowKey={({ institutionId }) => institutionId} /></PackOnPage.Provider> : <Empty>没有符合条件的机构。</Empty>)}</Shown>
    </Part>
  );
}

const frequencyColumns: Column<Frequency>[] = [
  { key: 'colour', title: '颜色', show: ({ colour, colourTitle }) => <Chip tone={colourTone(colour)}>{colourTitle}</Chip> }, { key: 'often', title: '频次', show: ({ times, years, clauses }) => <>{times} 次／{years === 1 ? '年' : `${years} 年`}<ClauseNote ids={clauses} /></> },
  { key: 'reported', title: '报告', show: ({ reportedOn, reference }) => `${reportedOn}　${reference}` },
];

/** The QC centre has reported to the commission and fixes how often. */
function FixForm({ jurisdiction, year }: ColourYear) {
  const today = useToday();
  const colours = coloursIn(usePack().data);
  const [colour, setColour] = useState('');
  const [times, setTimes] = useState('1');
  const [years, setYears] = useState('1');
  const [on, setOn] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('fixMonitoringFrequency');
  const submit = () => {
    const wrong = [...(colour ? [] : [{ path: '/colour', message: '请选择颜色' }]), ...(/^\d{1,2}$/.test(times) ? [] : [{ path: '/times', message: '请填写次数' }]), ...(reference.trim() ? [] : [{ path: '/reference', message: '请填写报告的文号或者标题' }])];
    setErrors(wrong);
    if (wrong.length === 0) void send.send({ params: { jurisdiction, year }, body: { colour, times: Number(times), years: Number(years), reportedOn: on ?? today, reference: reference.trim() } });
  };
  return (
    <FormShell label="登记确定的频次" errors={errors} problem={send.problem} onSubmit={submit}>
      <div className="zj-row">
        <Field pointer="/colour" label="颜色">{(field) => <select {...field} className="zj-input" value={colour} onChange={(event) => setColour(event.target.value)}><option value="">请选择</option>{colours.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select>}</Field>
        <Field pointer="/times" label="次数">{(field) => <input {...field} className="zj-input" inputMode="numeric" maxLength={2} value={times} onChange={(event) => setTimes(event.target.value)} />}</Field>
        <Field pointer="/years" label="在几年内">{(field) => <select {...field} className="zj-input" value={years} onChange={(event) => setYears(event.target.value)}>{[1, 2, 3].map((it) => <option key={it} value={it}>{it} 年</option>)}</select>}</Field>
        <Field pointer="/reportedOn" label="报告日期">{(field) => <DateInput {...field} today={today} value={(on ?? today) || null} onChange={setOn} />}</Field>
        <Field pointer="/reference" label="报告的文号或者标题">{(field) => <input {...field} className="zj-input" maxLength={200} value={reference} onChange={(event) => setReference(event.target.value)} />}</Field>
        <button type="submit" className="zj-button zj-primary" disabled={send.pending}>登记频次</button>
      </div>
    </FormShell>
  );
}

function Frequencies({ place }: { place: ColourYear }) {
  const list = useAnswer('listMonitoringFrequencies', { params: { jurisdiction: place.jurisdiction, year: place.year } });
  const centre = useIs('quality-centre');
  return (
    <Part title="报告后确定的频次" note="由质控中心结合国家质量监测工作任务，向卫生健康委报告后确定，不须批准；不得少于方案规定的下限。">
      <Shown of={list} what="确定的频次">{({ items }) => (items.length ? <Table caption="确定的频次" rows={items} columns={frequencyColumns} rowKey={({ frequencyId }) => frequencyId} /> : <Empty>本年度没有另行确定，适用方案规定的频次。</Empty>)}</Shown>
      {centre && list.data ? <FixForm key={list.data.items.length} {...place} /> : null}
    </Part>
  );
}

function RecordForm({ place }: { place: ColourYear }) {
  const today = useToday();
  const [search] = useSearchParams();
  const [institutionId, setInstitution] = useState(search.get('institution') ?? '');
  const [on, setOn] = useState<string | null>(null);
  const [members, setMembers] = useState('');
  const [problems, setProblems] = useState('');
  const [result, setResult] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('recordMonitoring');
  const submit = () => {
    const wrong = [...(institutionId ? [] : [{ path: '/institutionId', message: '请选择机构' }]), ...(namesIn(members).length ? [] : [{ path: '/members', message: '请填写质控人员' }]), ...(result.trim() ? [] : [{ path: '/result', message: '请填写监测结论' }])];
    setErrors(wrong);
    if (wrong.length === 0) void send.send({ body: { institutionId, jurisdiction: place.jurisdiction, visitedOn: on ?? today, members: namesIn(members), problems: linesIn(problems), result: result.trim() } });
  };
  if (send.answer) return <Confirmation title="已登记质量监测" number={send.answer.monitoringId}><p>{send.answer.institutionName}，{send.answer.visitedOn}，问题 {send.answer.problems.length} 项。</p><p className="zj-actions"><button type="button" className="zj-button" onClick={() => send.clear()}>再登记一次</button></p></Confirmation>;
  return (
    <FormShell label="登记质量监测" errors={errors} problem={send.problem} onSubmit={submit}>
      <BodySearch value={institutionId} onChange={setInstitution} />
      <Field pointer="/visitedOn" label="监测日期">{(field) => <DateInput {...field} today={today} value={(on ?? today) || null} onChange={setOn} />}</Field>
      <Field pointer="/members" label="质控人员" hint="填工作证号，用空格或逗号分开。" wide>{(field) => <input {...field} className="zj-input" value={members} onChange={(event) => setMembers(event.target.value)} />}</Field>
      <Field pointer="/problems" label="发现的问题（没有的不填）" hint="每行一个。" wide>{(field) => <textarea {...field} className="zj-input" rows={3} value={problems} onChange={(event) => setProblems(event.target.value)} />}</Field>
      <Field pointer="/result" label="监测结论" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={1000} value={result} onChange={(event) => setResult(event.target.value)} />}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>登记监测</button></p>
    </FormShell>
  );
}

const visitColumns: Column<Visit>[] = [
  { key: 'on', title: '日期', show: ({ visitedOn }) => visitedOn }, { key: 'name', title: '机构', show: ({ institutionId, institutionName }) => <Link to={`/institutions/${institutionId}`}>{institutionName}</Link> },
  { key: 'problems', title: '问题', show: ({ problems }) => (problems.length ? problems.join('；') : '未发现问题') }, { key: 'result', title: '结论', show: ({ result }) => result },
];

function Work({ place }: { place: ColourYear }) {
  const centre = useIs('quality-centre');
  const [search] = useSearchParams();
  const visits = useAnswer('listMonitorings', { query: { jurisdiction: place.jurisdiction, year: place.year, limit: 50 } });
  return (
    <PackOnPage.Provider value={place.pack}>
      <SummaryLink year={place} to="/monitorings/summaries">分类质量监测年度总结</SummaryLink>
      <Quotas {...place} />
      <Frequencies place={place} />
      {centre ? <Anchor id="record"><Part title="登记一次质量监测"><RecordForm key={search.get('institution')} place={place} /></Part></Anchor> : null}
      <Part title="监测记录"><Shown of={visits} what="监测记录">{({ items }) => (items.length ? <Table caption="监测记录" rows={items} columns={visitColumns} rowKey={({ monitoringId }) => monitoringId} /> : <Empty>还没有登记质量监测。</Empty>)}</Shown></Part>
    </PackOnPage.Provider>
  );
}

/** Quality monitoring by colour: how often, what the QC centre fixed, what was done. */
export const MonitoringPage = () => <Page title="质量监测"><YearPicker>{(year) => <Work key={`${year.jurisdiction}/${year.year}`} place={year} />}</YearPicker></Page>;
