import { Chip, Empty, Field, FormShell, moment, Page, Part, Shown, Table, useAnswer, useSubmission, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useIs, useToday } from '../app/session.js';
import { AdministrationTabs } from './Pages.js';

type Kept = Answer<'listKeptTexts'>['items'][number];
type Room = 'inspection' | 'qualification' | 'quality-control' | 'publication' | 'workflows' | 'gateway';
const rooms: readonly (readonly [Room, string])[] = [['inspection', '监督检查'], ['qualification', '资质'], ['quality-control', '质量控制'], ['publication', '公示公布'], ['workflows', '流程运行'], ['gateway', '组织管理']];
const short = (commitment: string): string => `${commitment.slice('commitment:'.length, 'commitment:'.length + 12)}…`;

function stateOf({ erasedAt, holdUntil }: Kept, today: string) {
  if (erasedAt) return <Chip tone="off">已删除</Chip>;
  return today && holdUntil >= today ? <Chip tone="wait">留存至 {holdUntil}</Chip> : <Chip tone="good">可以删除</Chip>;
}

/** Erases what was chosen, on a request with its number; who asks for it is not written down here. */
function Erase({ room, chosen, done }: { room: Room; chosen: readonly string[]; done: () => void }) {
  const [request, setRequest] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const erase = useSubmission('eraseKeptTexts');
  const submit = async () => {
    const wrong = [...(chosen.length ? [] : [{ path: '/commitments', message: '请在清单中选择要删除的内容' }]), ...(/^\S{1,60}$/.test(request.trim()) ? [] : [{ path: '/request', message: '请填写受理文号（不写姓名）' }])];
    setErrors(wrong);
    if (wrong.length === 0 && (await erase.send({ params: { room }, body: { commitments: [...chosen], request: request.trim() } }))) { setRequest(''); done(); }
  };
  return (
    <Part title="依请求删除" note="删除后不能恢复；决定凭证和日志中的承诺值不变，证明仍然有效。法定留存期内的不予删除。">
      <FormShell label="依请求删除" errors={errors} problem={erase.problem} onSubmit={() => void submit()}>
        <Field pointer="/request" label="受理文号" hint="当事人请求的受理编号，不写姓名。">{(field) => <input {...field} className="zj-input" maxLength={60} value={request} onChange={(event) => setRequest(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={erase.pending}>删除所选 {chosen.length} 条</button></p>
        {erase.answer ? <p className="zj-note" role="status">已删除 {erase.answer.erased} 条，涉及 {erase.answer.rows} 处记录。</p> : null}
      </FormShell>
    </Part>
  );
}

/** Words people wrote freely, by their commitments: whom they concern, until when they must be kept. Never the words themselves. */
export function KeptTextsPage() {
  const [search, setSearch] = useSearchParams();
  const room = (search.get('room') ?? 'inspection') as Room;
  const subject = search.get('subject') ?? '';
  const mayErase = useIs('security-admin');
  const today = useToday();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const kept = useAnswer('listKeptTexts', { params: { room }, query: { limit: 500, ...(subject ? { subject } : {}) } });
  const put = (name: string, value: string) => { setChosen([]); setSearch((before) => { const next = new URLSearchParams(before); next.set(name, value); return next; }); };
  const toggle = (commitment: string) => setChosen(chosen.includes(commitment) ? chosen.filter((one) => one !== commitment) : [...chosen, commitment]);
  const columns: Column<Kept>[] = [
    ...(mayErase ? [{ key: 'choose', title: '选择', show: (it: Kept) => (it.erasedAt || (today !== '' && it.holdUntil >= today) ? null : <input type="checkbox" aria-label={`选择 ${short(it.commitment)}`} checked={chosen.includes(it.commitment)} onChange={() => toggle(it.commitment)} />) }] : []),
    { key: 'commitment', title: '承诺值', show: ({ commitment }) => <code title={commitment}>{short(commitment)}</code> },
    { key: 'subject', title: '所涉对象', sortBy: (it) => it.subject, show: (it) => <code className="zj-soft">{it.subject}</code> },
    { key: 'where', title: '辖区', sortBy: ({ jurisdiction }) => jurisdiction, show: ({ jurisdiction }) => jurisdiction },
    { key: 'at', title: '填写时间', sortBy: ({ keptAt }) => keptAt, show: ({ keptAt }) => moment(keptAt) },
    { key: 'state', title: '状态', sortBy: ({ holdUntil }) => holdUntil, show: (it) => <>{stateOf(it, today)}<br /><span className="zj-soft">{it.erasedAt ? `${moment(it.erasedAt)}，${it.erasedReason ?? ''}` : it.holdBasis}</span></> },
  ];
  return (
    <Page title="组织管理：留存与删除">
      <AdministrationTabs />
      <Part title="自由填写的内容" note="只列承诺值、所涉对象和留存期，看不到内容本身。">
        <p className="zj-actions">
          <label>业务 <select className="zj-input" value={room} onChange={(event) => put('room', event.target.value)}>{rooms.map(([name, label]) => <option key={name} value={name}>{label}</option>)}</select></label>
          <label>所涉对象 <input className="zj-input" type="search" value={subject} onChange={(event) => put('subject', event.target.value)} /></label>
        </p>
        <Shown of={kept} what="留存内容">{({ items, next }) => (items.length ? <>{next ? <p className="zj-note">超过 {items.length} 条，请按所涉对象查找。</p> : null}<Table caption="自由填写的内容" rows={items} columns={columns} rowKey={({ commitment }) => commitment} /></> : <Empty>没有自由填写的内容。</Empty>)}</Shown>
      </Part>
      {mayErase ? <Erase room={room} chosen={chosen} done={() => setChosen([])} /> : null}
    </Page>
  );
}
