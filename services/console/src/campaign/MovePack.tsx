import { Modal } from 'antd';
import { ClauseNote, Empty, Field, FormShell, Part, Shown, Table, useAnswer, usePack, useSubmission, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { valueLine } from '../pack/pack.js';
import { placeIn } from '../pack/place.js';
import '../pack/pack.css';
import { packOf, type Campaign } from './campaign.js';

type Move = Answer<'previewPackVersion'>;
type Moved = Move['moved'][number];
type Kept = Move['kept'][number];
const whyKept: Record<Kept['why'], string> = { passed: '原期限已过', shortened: '会缩短已经确定的期限' };
const columns = <T extends Moved>(): Column<T>[] => [
  { key: 'unit', title: '单位', show: ({ unitName }) => unitName }, { key: 'title', title: '任务', show: ({ title, clauses }) => <>{title}<ClauseNote ids={clauses} /></> },
  { key: 'old', title: '原期限', show: ({ old }) => old }, { key: 'new', title: '新期限', show: ({ new: next, firm }) => <><strong>{next}</strong>{firm ? '' : '（暂定）'}</> },
];

/** What differs between the versions, which days move and which stay. */
function Preview({ move }: { move: Move }) {
  const pack = usePack();
  return (
    <>
      <h3>文本与数值的差异（{move.differences.length}）</h3>
      {move.differences.length ? <Table caption="两版的差异" rows={move.differences} columns={[{ key: 'path', title: '位置', show: ({ path }) => <span title={path}>{placeIn([pack.data], path)}</span> }, { key: 'old', title: '现行', show: ({ old }) => <span className="pack-value">{valueLine(old)}</span> }, { key: 'new', title: '新版', show: ({ new: next, clauses }) => <><span className="pack-value">{valueLine(next)}</span><ClauseNote ids={clauses} /></> }]} rowKey={({ path }) => path} /> : <p>两版没有差异。</p>}
      <h3>随之变动的期限（{move.moved.length}）</h3>
      {move.moved.length ? <Table caption="变动的期限" rows={move.moved} columns={columns<Moved>()} rowKey={({ unit, duty }) => `${unit} ${duty}`} /> : <p>没有期限变动。</p>}
      {move.kept.length ? <><h3>算出的日期不同，但不变动的期限（{move.kept.length}）</h3><Table caption="不变动的期限" rows={move.kept} columns={[...columns<Kept>(), { key: 'why', title: '原因', show: ({ why }) => whyKept[why] }]} rowKey={({ unit, duty }) => `${unit} ${duty}`} /></> : null}
    </>
  );
}

/** Moves a running campaign to a later version of its pack: seen first, decided by another person than who approved, with a reason. */
export function MovePack({ campaign, mayMove }: { campaign: Campaign; mayMove: boolean }) {
  const packs = useAnswer('listPacks');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [modal, holder] = Modal.useModal();
  const preview = useAnswer('previewPackVersion', to ? { params: { campaignId: campaign.campaignId }, query: { to } } : {}, { enabled: to !== '' });
  const move = useSubmission('movePackVersion');
  const ask = () => {
    const wrong = reason.trim() ? [] : [{ path: '/reason', message: '请写明改用新版本的理由' }];
    setErrors(wrong);
    if (!wrong.length) void modal.confirm({ title: `改用 ${to}？`, okText: '改用', cancelText: '再核对一下', content: `${preview.data?.moved.length ?? 0} 个期限随之变动，理由和办理人记入变更记录，不能删除。`, onOk: () => move.send({ params: { campaignId: campaign.campaignId }, body: { pack: to, reason: reason.trim() } }) });
  };
  return (
    <Part title="改用政策包新版本" note={`本行动固定使用 ${packOf(campaign)}。文件更正或者另有通知、政策包出了新版本的，看过变动后决定是否改用；由批准人以外的人决定。`}>
      {holder}
      {move.answer ? <p className="zj-note" role="status">已改用 {move.answer.to}，{move.answer.moved.length} 个期限变动。</p> : null}
      <Shown of={packs} what="政策包">{({ items }) => {
        const later = items.filter(({ id, version }) => id === campaign.pack && version > campaign.packVersion);
        if (!later.length) return <Empty>没有安装比第 {campaign.packVersion} 版更新的版本。</Empty>;
        return (
          <FormShell scope="pack" label="改用政策包新版本" errors={errors} problem={move.problem} onSubmit={ask}>
            <Field pointer="/pack" label="新版本">{(field) => <select {...field} className="zj-input" value={to} onChange={(event) => setTo(event.target.value)}><option value="">请选择</option>{later.map(({ id, version, title }) => <option key={version} value={`${id}@${version}`}>第 {version} 版 {title}</option>)}</select>}</Field>
            {to ? <Shown of={preview} what="变动">{(data) => <Preview move={data} />}</Shown> : null}
            {to && mayMove && preview.data ? <><Field pointer="/reason" label="理由" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field><p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={move.pending}>改用新版本</button></p></> : null}
          </FormShell>
        );
      }}</Shown>
    </Part>
  );
}
