import { addressOf, Confirmation, Empty, institutionWord, Page, Part, ProblemNote, Table, upload, useSubmission, useSubmissionOf, type Answer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';

type Preview = Answer<'getRegisterImport'>;
const mostBytes = 5_000_000;
/** What people call the parts of a line; a line's filing is shown beside the rest. */
const titles: Record<string, string> = { creditCode: '统一社会信用代码', name: '名称', address: '地址', jurisdiction: '区划', categories: '类别', items: '项目', outreach: '外出服务', contactPost: '联系岗位', filedOn: '登记日期', kind: '机构类别', number: '登记编号' };

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(shown).join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value === null || value === undefined ? '' : Object.values(value).map(shown).filter(Boolean).join('；');
};

const errorColumns: Column<Preview['errors'][number]>[] = [
  { key: 'path', title: '位置', show: ({ path }) => <code>{path}</code> },
  { key: 'message', title: '原因', show: ({ message }) => message },
];

const flat = (row: Preview['good'][number]): Record<string, unknown> => ({ ...row, ...(row['filing'] as Record<string, unknown> | null | undefined) });

const goodColumns = (rows: Preview['good']): Column<Preview['good'][number]>[] =>
  [...new Set(rows.slice(0, 20).map(flat).flatMap((row) => Object.keys(row)))].filter((key) => titles[key]).map((key) => ({ key, title: titles[key] ?? key, show: (row) => (key === 'kind' ? institutionWord(shown(row[key])) : shown(flat(row)[key])) }));

function PreviewPart({ preview, onDone }: { preview: Preview; onDone: () => void }) {
  const confirm = useSubmission('confirmRegisterImport');
  if (confirm.answer) {
    return <Confirmation title="名单已导入"><p>登记 {confirm.answer.registered} 家，内容未变 {confirm.answer.unchanged} 家。</p><p>接下来：在<Link to="/institutions">机构名录</Link>中记录各机构是否实际开展服务。</p></Confirmation>;
  }
  return (
    <>
      {preview.errors.length ? <Part title={`有误的单元格（${preview.errors.length}）`} note="有误的行不会导入；请在原表中更正后重新上传。合格的行可以先导入。"><Table caption="有误的单元格" rows={preview.errors} columns={errorColumns} rowKey={({ path, message }) => `${path} ${message}`} /></Part> : null}
      <Part title={`合格的行（${preview.good.length}/${preview.rows}）`} note="尚未写入名录，确认后才导入。">
        {confirm.problem ? <ProblemNote error={confirm.problem} /> : null}
        {preview.good.length ? <Table caption="合格的行" rows={preview.good} columns={goodColumns(preview.good)} rowKey={(row) => shown(row['creditCode']) + shown(row['name'])} /> : <Empty>没有合格的行，未作任何改动。</Empty>}
        <p className="zj-actions">
          <button type="button" className="zj-button zj-primary" disabled={!preview.good.length || confirm.pending} onClick={() => void confirm.send({ params: { importId: preview.importId } })}>确认导入 {preview.good.length} 行</button>
          <button type="button" className="zj-button" onClick={onDone}>放弃，重新选择</button>
        </p>
      </Part>
    </>
  );
}

/** A list from a spreadsheet: previewed with its errors cell by cell, then confirmed. */
export function ImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useSubmissionOf((it: File, key: string) => upload<Preview>(addressOf('/api/v1/register-imports', {}, { fileName: it.name }), it, key));
  const choose = (it: File | null) => {
    setFile(it);
    setTooLarge((it?.size ?? 0) > mostBytes);
    send.clear();
  };
  return (
    <Page title="导入名单" trail={<Link to="/institutions">机构名录</Link>}>
      <Part title="选择文件" note="xlsx 文件，不超过 5 MB，须有“机构类别”一列；备案和资质的编号、日期、类别、项目，用各类机构证书上的名称作列名也可以。先预览，确认后才写入。">
        <p><label className="zj-hidden" htmlFor="list-file">名单文件</label><input id="list-file" type="file" accept=".xlsx" onChange={(event) => choose(event.target.files?.[0] ?? null)} /></p>
        {tooLarge ? <p className="zj-error" role="alert">文件超过 5 MB，请拆分后上传。</p> : null}
        {send.problem ? <ProblemNote error={send.problem} again={file ? () => void send.send(file) : undefined} /> : null}
        {send.problem?.problem.errors.length ? <Table caption="表格的问题" rows={send.problem.problem.errors} columns={errorColumns} rowKey={({ path, message }) => `${path} ${message}`} /> : null}
        <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={!file || tooLarge || send.pending} onClick={() => { if (file) void send.send(file); }}>{send.pending ? '正在核对……' : '上传并预览'}</button></p>
      </Part>
      {send.answer ? <PreviewPart preview={send.answer} onDone={() => choose(null)} /> : null}
    </Page>
  );
}
