import { ClauseNote, day, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import type { Pack } from './pack.js';

interface Duty { id: string; title: string; stage: string; actor: string | null; receiver: string | null; copyTo: string[]; dueOn: string | null; after: { event: string } | null; because: string; firm: boolean; missed: { consequence: string | null; clauses: string[] }; clauses: string[] }
interface Stage { id: string; title: string; opensOn: string | null; closesOn: string | null; clauses: string[]; duties: Duty[] }
export interface Planned { agencies: Record<string, { name: string }>; cities: { city: string; stages: Stage[] }[]; campaignDuties: Duty[]; calendar: string }

export const partyIn = ({ agencies }: Pick<Planned, 'agencies'>) => (id: string | null): string => (id === 'institution' ? '机构' : id ? (agencies[id]?.name ?? id) : '未写明');

/** Stages and duties of one unit as the pack lays them down. */
export function PlanPart({ pack }: { pack: Pack }) {
  const [place = '', plan = ''] = pack.id.split('/');
  const answer = useAnswer('planPack', { params: { place, plan, version: pack.version }, query: { units: pack.jurisdiction } });
  return (
    <Shown of={answer} what="阶段与任务">
      {(data) => {
        const planned = data as Planned;
        const party = partyIn(planned);
        const columns: Column<Duty>[] = [
          { key: 'title', title: '任务', show: ({ title, clauses }) => <>{title}<ClauseNote ids={clauses} /></> },
          { key: 'actor', title: '由谁办理', show: ({ actor }) => party(actor) },
          { key: 'receiver', title: '报送', show: ({ receiver, copyTo }) => `${party(receiver)}${copyTo.length ? `，抄送${copyTo.map((id) => party(id)).join('、')}` : ''}` },
          { key: 'due', title: '期限', show: ({ dueOn, because, firm }) => <span title={because}>{dueOn ? day(dueOn) : '—'}{dueOn && !firm ? '（暂估）' : ''}<span className="zj-hint"> {because}</span></span> },
          { key: 'missed', title: '逾期后果', show: ({ missed }) => (missed.consequence ? <>{missed.consequence}<ClauseNote ids={missed.clauses} /></> : '文件未规定') },
        ];
        const stages = planned.cities[0]?.stages ?? [];
        return (
          <>
            {stages.map((stage) => {
              const duties = [...stage.duties, ...planned.campaignDuties.filter((duty) => duty.stage === stage.id)];
              return (
                <section key={stage.id} className="pack-stage">
                  <h3>{stage.title} <span className="zj-soft">{stage.opensOn ? `${day(stage.opensOn)} 至 ${stage.closesOn ? day(stage.closesOn) : '—'}` : '未定日期'}</span><ClauseNote ids={stage.clauses} /></h3>
                  {duties.length ? <Table caption={stage.title} rows={duties} columns={columns} rowKey={({ id }) => id} /> : <p className="zj-hint">本阶段没有须跟踪的任务。</p>}
                </section>
              );
            })}
            <p className="zj-hint">日历版本 {planned.calendar}</p>
          </>
        );
      }}
    </Shown>
  );
}
