import { addressOf, Confirmation, Empty, institutionWord, Page, Part, ProblemNote, Shown, Table, upload, useAnswer, useSubmission, useSubmissionOf, type Answer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useDownload } from '../form/use-download.js';
import type { PlanDetail } from './evaluation.js';

type Import = Answer<'getScoreImport'>;
type Row = Answer<'listScoreRows'>['items'][number];
const mostBytes = 5_000_000;

const errorColumns: Column<Import['errors'][number]>[] = [
  { key: 'path', title: '位置', show: ({ path }) => <code>{path}</code> },
  { key: 'message', title: '原因', show: ({ message }) => message },
];

function GoodRows({ preview, plan }: { preview: Import; plan: PlanDetail }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const rows = useAnswer('listScoreRows', { params: { importId: preview.importId }, query: { limit: 100, cursor: cursors.at(-1) } });
  const items = new Map(plan.indicators.items.map((item) => [item.id, item]));
  const columns: Column<Row>[] = [
    { key: 'row', title: '行', number: true, show: ({ row }) => row }, { key: 'name', title: '机构', show: ({ name }) => name },
    { key: 'item', title: '指标', show: ({ item }) => (item ? `${items.get(item)?.number ?? item} ${items.get(item)?.text ?? ''}` : '当年未开展服务') },
    { key: 'score', title: '得分', number: true, show: ({ score, notApplicable }) => (notApplicable ? '不适用' : (score ?? '')) },
    { key: 'key', title: '关键项', show: ({ failed }) => (failed === null ? '' : failed ? '不合格' : '合格') }, { key: 'note', title: '扣分说明', show: ({ note }) => note ?? '' },
  ];
  return (
    <Shown of={rows} what="合格的行">
      {({ items: shown, next }) => (
        <>
          <Table caption="合格的行" rows={shown} columns={columns} rowKey={({ row }) => String(row)} />
          <p className="zj-actions">{cursors.length ? <button type="button" className="zj-button" onClick={() => setCursors(cursors.slice(0, -1))}>上一页</button> : null}{next ? <button type="button" className="zj-button" onClick={() => setCursors([...cursors, next])}>下一页</button> : <span className="zj-soft">已到末尾。</span>}</p>
        </>
      )}
    </Shown>
  );
}

function Preview({ preview, plan, onDone }: { preview: Import; plan: PlanDetail; onDone: () => void }) {
  const confirm = useSubmission('confirmScoreImport');
  if (confirm.answer) {
    const { entered, unchanged, passedOver } = confirm.answer;
    return <Confirmation title="评分已录入"><p>录入 {entered} 家，内容未变 {unchanged} 家{passedOver ? `；${passedOver} 家的评分表已经提交或者审签，未作改动` : ''}。</p><p>接下来：在<Link to={`/evaluations/${plan.planId}?state=draft`}>填写中的评分表</Link>里核对，然后提交复核。</p></Confirmation>;
  }
  return (
    <>
      {preview.faults ? <Part title={`有误的单元格（${preview.faults}）`} note={`有误的行不会录入；请在原表中更正后重新上传。合格的行可以先录入。${preview.errors.length < preview.faults ? `以下列出前 ${preview.errors.length} 处。` : ''}`}><Table caption="有误的单元格" rows={preview.errors} columns={errorColumns} rowKey={({ path, message }) => `${path} ${message}`} /></Part> : null}
      <Part title={`合格的行（${preview.good}/${preview.rows}，${preview.bodies} 家）`} note="尚未录入，确认后才写入各家的评分表；同一项已有评分的，以本次为准。">
        {confirm.problem ? <ProblemNote error={confirm.problem} /> : null}
        {preview.good ? <GoodRows preview={preview} plan={plan} /> : <Empty>没有合格的行，未作任何改动。</Empty>}
        <p className="zj-actions">
          <button type="button" className="zj-button zj-primary" disabled={!preview.good || confirm.pending} onClick={() => void confirm.send({ params: { importId: preview.importId } })}>{confirm.pending ? '正在录入……' : `确认录入 ${preview.good} 行`}</button>
          <button type="button" className="zj-button" onClick={onDone}>放弃，重新选择</button>
        </p>
      </Part>
    </>
  );
}

function Importing({ plan }: { plan: PlanDetail }) {
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useSubmissionOf((it: File, key: string) => upload<Import>(addressOf('/api/v1/evaluation-plans/{planId}/score-imports', { planId: plan.planId }, { fileName: it.name }), it, key));
  const template = useDownload(addressOf('/api/v1/evaluation-plans/{planId}/score-table', { planId: plan.planId }), `${plan.year}年度评分表.xlsx`);
  const choose = (it: File | null) => {
    setFile(it);
    setTooLarge((it?.size ?? 0) > mostBytes);
    send.clear();
  };
  return (
    <Page title="导入评分表" trail={<><Link to="/evaluations">绩效评估</Link><Link to={`/evaluations/${plan.planId}`}>{plan.year} 年度{institutionWord(plan.line)}</Link></>}>
      <Part title="选择文件" note="xlsx 文件，工作表名“评分表”，一家机构的一项指标占一行，不超过 5 MB、十二万行。先预览，确认后才录入。" aside={<button type="button" className="zj-button" disabled={template.pending} onClick={() => void template.send(undefined)}>下载评分表</button>}>
        {template.problem ? <ProblemNote error={template.problem} /> : null}
        <p><label className="zj-hidden" htmlFor="score-file">评分表文件</label><input id="score-file" type="file" accept=".xlsx" onChange={(event) => choose(event.target.files?.[0] ?? null)} /></p>
        {tooLarge ? <p className="zj-error" role="alert">文件超过 5 MB，请拆分后上传。</p> : null}
        {send.problem ? <ProblemNote error={send.problem} again={file ? () => void send.send(file) : undefined} /> : null}
        <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={!file || tooLarge || send.pending} onClick={() => { if (file) void send.send(file); }}>{send.pending ? '正在核对……' : '上传并预览'}</button></p>
      </Part>
      {send.answer ? <Preview preview={send.answer} plan={plan} onDone={() => choose(null)} /> : null}
    </Page>
  );
}

/** Scores from a spreadsheet: previewed with its errors cell by cell, then entered. */
export function ScoreImportPage() {
  const { planId = '' } = useParams();
  const answer = useAnswer('getEvaluationPlan', { params: { planId } });
  return <Shown of={answer} what="绩效评估">{(plan) => <Importing plan={plan} />}</Shown>;
}
