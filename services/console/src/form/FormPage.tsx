import { addressOf, Chip, ClauseNote, Empty, moment, PackOnPage, Page, Part, ProblemNote, Shown, Table, untilEndOf, useAnswer, usePack, type Column } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { formsOf, packOf, stagesOf, type Campaign } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import type { FormAnswer } from './form.js';
import { SendForm } from './SendForm.js';
import { Sheet } from './Sheet.js';
import { useDownload } from './use-download.js';
import './sheet.css';

type Version = FormAnswer['versions'][number];

const columns: Column<Version>[] = [
  { key: 'version', title: '版本', show: ({ version, supplement }) => <Link to={`?version=${version}`}>第 {version} 版{supplement ? '（补充）' : ''}</Link> },
  { key: 'at', title: '报送时间', show: ({ sentAt }) => moment(sentAt) },
  { key: 'late', title: '时限', show: ({ late }) => (late === null ? '—' : late ? <Chip tone="warn">逾期</Chip> : <Chip tone="good">按期</Chip>) },
  { key: 'rows', title: '行数', number: true, show: ({ rows }) => rows },
  { key: 'receiver', title: '报送至', show: ({ receiver }) => receiver },
  { key: 'note', title: '说明', show: ({ note }) => note || '—' },
  { key: 'sha', title: '摘要', show: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code> },
];

function Remarks({ content }: { content: FormAnswer['draft'] }) {
  if (!content.remarks.length) return null;
  return <Part title="待定与缺漏" note="这些行仍会随报送一并上报，情况明确后补充。"><ul className="remarks">{content.remarks.map(({ row, text }) => <li key={`${row} ${text}`}>{row > 0 ? `第 ${row} 行${content.rows[row - 1]?.[1] ? `（${content.rows[row - 1]?.[1]}）` : ''}：` : ''}{text}</li>)}</ul></Part>;
}

function Work({ campaign, answer, where, version }: { campaign: Campaign; answer: FormAnswer; where: { campaignId: string; unit: string; form: string }; version: number | null }) {
  const pack = usePack().data;
  const officer = useIs('county', 'city', 'province');
  const known = formsOf(pack).find(({ id }) => id === where.form);
  const duty = stagesOf(pack).flatMap(({ duties }) => duties).find(({ form }) => form === where.form);
  const maySend = campaign.state === 'approved' && version === null && officer;
  const address = addressOf('/api/v1/campaigns/{campaignId}/units/{unit}/forms/{form}/xlsx', where, version === null ? {} : { version });
  const download = useDownload(address, `${known?.annex ?? where.form} ${answer.draft.unitName}${version === null ? '' : ` 第${version}版`}.xlsx`);
  return (
    <>
      <p className="zj-actions">
        <span>{version === null ? '按当前数据填写' : `已报送的第 ${version} 版`}　报送期限 {untilEndOf(answer.dueOn)}<ClauseNote ids={answer.clauses} /></span>
        {version === null ? null : <Link to="?">看当前数据</Link>}
        <button type="button" className="zj-button" disabled={download.pending} onClick={() => void download.send(undefined)}>下载 xlsx</button>
        <button type="button" className="zj-button" onClick={() => window.print()}>打印</button>
      </p>
      {download.problem ? <ProblemNote error={download.problem} /> : null}
      <Sheet content={answer.draft} annex={known?.annex} />
      <Remarks content={answer.draft} />
      {answer.summary ? <Part title="工作总结"><p className="zj-text">{answer.summary}</p></Part> : null}
      {maySend ? <SendForm where={where} answer={answer} withSummary={duty?.kind === 'summary' || duty?.kind === 'roll-up'} /> : null}
      <Part title="已报送的版本">{answer.versions.length ? <Table caption="已报送的版本" rows={answer.versions} columns={columns} rowKey={({ formVersionId }) => formVersionId} /> : <Empty>尚未报送。报送期限 {untilEndOf(answer.dueOn)}。</Empty>}</Part>
    </>
  );
}

/** An official form on screen, its versions, and its way up; `*` is the roll-up of the whole city. */
export function FormPage() {
  const { campaignId = '', unit = '', form = '' } = useParams();
  const [search] = useSearchParams();
  const version = search.get('version') ? Number(search.get('version')) : null;
  const where = { campaignId, unit, form };
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const answer = useAnswer('getForm', { params: where, query: version === null ? {} : { version } });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title={answer.data?.draft.title ?? '官方表格'} trail={unit === '*' ? <Trail campaign={known} /> : <Trail campaign={known} unit={known.units.find(({ code }) => code === unit) ?? { code: unit, name: unit }} />}>
            <Shown of={answer} what="表格">{(it) => <Work campaign={known} answer={it} where={where} version={version} />}</Shown>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
