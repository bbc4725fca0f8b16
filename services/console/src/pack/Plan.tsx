import { ClauseNote, day, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { stagesShown, type Pack, type Planned, type ShownDuty } from './pack.js';
import { consequenceWord } from './words.js';

/** Stages and duties of one unit as the pack lays them down; what has no time in the text stands last. */
export function PlanPart({ pack }: { pack: Pack }) {
  const [place = '', plan = ''] = pack.id.split('/');
  const answer = useAnswer('planPack', { params: { place, plan, version: pack.version }, query: { units: pack.jurisdiction } });
  return (
    <Shown of={answer} what="阶段与任务">
      {(data) => {
        const planned = data as Planned;
        const party = (id: string | null): string => (id === 'institution' ? '机构' : id ? (planned.agencies[id]?.name ?? id) : '未写明');
        const columns: Column<ShownDuty>[] = [
          { key: 'title', title: '任务', show: ({ title, clauses }) => <>{title}<ClauseNote ids={clauses} /></> },
          { key: 'actor', title: '由谁办理', show: ({ actor }) => party(actor) },
          { key: 'receiver', title: '报送', show: ({ receiver, copyTo }) => `${party(receiver)}${copyTo.length ? `，抄送${copyTo.map((id) => party(id)).join('、')}` : ''}` },
          { key: 'due', title: '期限', show: ({ dueOn, because, firm }) => <>{dueOn ? `${day(dueOn)}${firm ? '' : '（暂定）'}` : '—'}<span className="zj-hint"> {because}</span></> },
          { key: 'missed', title: '逾期后果', show: ({ missed }) => (missed.consequence ? <>{consequenceWord(missed.consequence)}{missed.until ? `，至 ${day(missed.until)}` : ''}<ClauseNote ids={missed.clauses} /></> : '文件未规定') },
        ];
        return (
          <>
            {stagesShown(planned).map(({ id, title, days, duties, clauses }) => (
              <section key={id} className="pack-stage">
                <h3>{title} <span className="zj-soft">{days ? `${day(days.from)} 至 ${day(days.to)}` : '文件没有写明时间'}</span><ClauseNote ids={clauses} /></h3>
                {duties.length ? <Table caption={title} rows={duties} columns={columns} rowKey={({ id: duty }) => duty} /> : <p className="zj-hint">本阶段没有须跟踪的任务。</p>}
              </section>
            ))}
            <p className="zj-hint">日历版本 {planned.calendar}</p>
          </>
        );
      }}
    </Shown>
  );
}
