import { Chip, ClauseNote, Empty, Field, FormShell, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, useSubmission, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { useIs, useToday } from '../app/session.js';
import { stateTones, stateWords, type Run } from './colour.js';

/** Opens the one run of a year; everything it rests on is in the pack. */
function OpenRun() {
  const today = useToday();
  const [year, setYear] = useState(today.slice(0, 4));
  const [pack, setPack] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const packs = useAnswer('listPacks');
  const open = useSubmission('openColourRun');
  const navigate = useNavigate();
  const submit = async () => {
    const wrong = [...(/^\d{4}$/.test(year) ? [] : [{ path: '/year', message: '请填写四位年份' }]), ...(pack ? [] : [{ path: '/pack', message: '请选择政策包' }])];
    setErrors(wrong);
    const made = wrong.length ? null : await open.send({ body: { year: Number(year), pack } });
    if (made) void navigate(`/colours/${made.runId}`);
  };
  return (
    <Part title="启动一个年度的赋色" note="依据上一年度的绩效评估评分和能力比对结果，先预览，再由另一人签发。一个辖区一个年度只有一次。">
      <FormShell label="启动赋色" errors={errors} problem={open.problem} onSubmit={() => void submit()}>
        <div className="zj-row">
          <Field pointer="/year" label="年度">{(field) => <input {...field} className="zj-input" inputMode="numeric" maxLength={4} value={year} onChange={(event) => setYear(event.target.value)} />}</Field>
          <Field pointer="/pack" label="政策包">{(field) => (
            <select {...field} className="zj-input" value={pack} onChange={(event) => setPack(event.target.value)}>
              <option value="">请选择</option>{(packs.data?.items ?? []).map(({ id, version, title }) => <option key={`${id}@${version}`} value={`${id}@${version}`}>{title}（{id}@{version}）</option>)}
            </select>
          )}</Field>
          <button type="submit" className="zj-button zj-primary" disabled={open.pending}>启动</button>
        </div>
      </FormShell>
    </Part>
  );
}

const columns: Column<Run>[] = [
  { key: 'year', title: '年度', sortBy: ({ year }) => year, show: ({ runId, year }) => <Link to={`/colours/${runId}`}>{year} 年度</Link> }, { key: 'place', title: '辖区', show: ({ jurisdiction }) => <PlaceWord code={jurisdiction} /> },
  { key: 'state', title: '状态', show: ({ state }) => <Chip tone={stateTones[state]}>{stateWords[state]}</Chip> },
  { key: 'basis', title: '依据', show: ({ basisYear, clauses, pack }) => <PackOnPage.Provider value={pack}>{basisYear} 年度的评分和比对结果<ClauseNote ids={clauses} /></PackOnPage.Provider> },
  { key: 'pack', title: '政策包', show: ({ pack }) => pack }, { key: 'opened', title: '启动', show: ({ openedAt }) => moment(openedAt) }, { key: 'signed', title: '签发', show: ({ signedAt }) => moment(signedAt) },
];

/** The years that were coloured, the latest first. */
export function ColourRunsPage() {
  const runs = useAnswer('listColourRuns', { query: { limit: 100 } }, { every: 15_000 });
  const mayOpen = useIs('province', 'city', 'county', 'quality-centre');
  return (
    <Page title="分色管理" aside={<><Link className="zj-button" to="/colours/red-years">连续红色</Link><Link className="zj-button" to="/colours/corrections">更正</Link><Link className="zj-button" to="/colours/what-if">假如改用</Link></>}>
      <Part title="各年度的赋色">
        <Shown of={runs} what="各年度的赋色">
          {({ items }) => (items.length ? <Table caption="各年度的赋色" rows={items} columns={columns} rowKey={({ runId }) => runId} /> : <Empty>{mayOpen ? '还没有赋色。上一年度的评分和比对结果录入以后，在下面启动。' : '您的辖区还没有赋色。'}</Empty>)}
        </Shown>
      </Part>
      {mayOpen ? <OpenRun /> : null}
    </Page>
  );
}
