import { DateInput, Empty, Field, moment, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useToday } from '../app/session.js';
import { kindWord, kindWords, roomWords, said, type Certificate, type Room } from './decision.js';

const columns = (room: Room): Column<Certificate>[] => [
  { key: 'at', title: '时间', sortBy: ({ at }) => at, show: ({ at }) => <span className="zj-nowrap">{moment(at)}</span> },
  { key: 'kind', title: '决定', sortBy: ({ kind }) => kindWord(kind), show: ({ id, kind }) => <Link to={`/decisions/${room}/${id}`}>{kindWord(kind)}</Link> },
  { key: 'outcome', title: '结果', show: ({ determined, outcome }) => (determined ? said(outcome) : '待核实') },
  { key: 'subject', title: '对象', show: ({ subject, about }) => <><code className="zj-soft">{subject}</code>{about.length ? `　另涉及 ${about.length} 个` : ''}</> },
  { key: 'clauses', title: '条款', show: ({ clauses }) => clauses.map(({ id }) => id).join('、') },
  { key: 'actor', title: '经办', show: ({ actor, basis }) => <>{actor}{basis === 'person' ? '' : '（按规则）'}</> },
];

function AsOf({ room, subject, on }: { room: Room; subject: string; on: string }) {
  const known = useAnswer('asOfDay', { query: { room, subject, on } });
  return (
    <Part title={`${on} 所知道的`} note="每种决定当时最新的一份。已经过完的一天，以后再查结果不变。">
      <Shown of={known} what="当日的决定">
        {({ items, versions, settled }) => (
          <>
            {versions.map(({ campaign, pack, calendar }) => <p key={campaign} className="zj-soft">当时适用：政策包 {pack ?? '无'}，节假日安排 {calendar ?? '不涉及'}</p>)}
            {settled ? null : <p>这一天还没有过完，结果可能变化。</p>}
            {items.length ? <Table caption="当日的决定" rows={items} columns={columns(room)} rowKey={({ id }) => id} /> : <Empty>当时尚无决定。</Empty>}
          </>
        )}
      </Shown>
    </Part>
  );
}

function Found({ room, subject, kind }: { room: Room; subject: string; kind: string }) {
  const found = useAnswer('listDecisions', { query: { room, limit: 100, ...(subject && { subject }), ...(kind && { kind: kind as Certificate['kind'] }) } });
  return (
    <Part title="决定" note="新的在前。每份凭证写明输入、规则、条款原文、版本和经办人，可凭以重新计算。">
      <Shown of={found} what="决定">{({ items }) => (items.length ? <Table caption="决定" rows={items} columns={columns(room)} rowKey={({ id }) => id} /> : <Empty>没有符合条件的决定。</Empty>)}</Shown>
    </Part>
  );
}

/** What was decided, by subject, kind and day: “那一天知道什么，适用哪一条”. */
export function DecisionsPage() {
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const room = (search.get('room') ?? 'inspection') as Room;
  const [subject, kind, on] = ['subject', 'kind', 'on'].map((name) => search.get(name) ?? '') as [string, string, string];
  const put = (name: string, value: string) => setSearch((now) => {
    const next = new URLSearchParams(now);
    if (value) next.set(name, value); else next.delete(name);
    return next;
  }, { replace: true });
  return (
    <Page title="决定凭证">
      <div className="zj-row">
        <Field pointer="/room" label="服务">{(field) => <select {...field} className="zj-input" value={room} onChange={(event) => put('room', event.target.value)}>{Object.entries(roomWords).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>}</Field>
        <Field pointer="/subject" label="对象编号" hint="机构、报告、案件的编号，或 行动/单位/任务">{(field) => <input {...field} className="zj-input" value={subject} onChange={(event) => put('subject', event.target.value.trim())} />}</Field>
        <Field pointer="/kind" label="种类">{(field) => <select {...field} className="zj-input" value={kind} onChange={(event) => put('kind', event.target.value)}><option value="">全部</option>{Object.entries(kindWords).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>}</Field>
        <Field pointer="/on" label="截至哪一天" hint="填写对象后可查">{(field) => <DateInput {...field} today={today} value={on || null} onChange={(value) => put('on', value ?? '')} />}</Field>
      </div>
      {subject && on ? <AsOf room={room} subject={subject} on={on} /> : null}
      <Found room={room} subject={subject} kind={kind} />
    </Page>
  );
}
