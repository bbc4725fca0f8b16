import { Chip, Empty, institutionWord, Part, Partial, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import type { Campaign } from '../campaign/campaign.js';

type Body = Answer<'listTargetBodies'>['items'][number];
const most = 500;

/** Body by body: counted or not yet, and on what ground. */
export function TargetBodies({ campaign, target, title, unit, kind }: { campaign: Campaign; target: string; title: string; unit: string | undefined; kind: string | undefined }) {
  const [search, setSearch] = useSearchParams();
  const counted = search.get('counted');
  const bodies = useAnswer('listTargetBodies', { params: { campaignId: campaign.campaignId, target }, query: { limit: most, unit, kind, counted: counted === 'true' || counted === 'false' ? counted : undefined } });
  const nameOf = (code: string): string => campaign.units.find((it) => it.code === code)?.name ?? code;
  const put = (name: string, value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next; }, { replace: true });
  const columns: Column<Body>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name }) => <Link to={`/campaigns/${campaign.campaignId}/institutions/${institutionId}/self-check`}>{name}</Link> },
    { key: 'kind', title: '类别', show: ({ kind: its }) => institutionWord(its) }, { key: 'unit', title: '单位', sortBy: ({ unit: its }) => its, show: ({ unit: its }) => nameOf(its) },
    { key: 'counted', title: '是否计入', sortBy: ({ counted: its }) => String(its), show: ({ counted: its }) => (its ? <Chip tone="good">已计入</Chip> : <Chip tone="wait">未计入</Chip>) },
    { key: 'why', title: '凭据', show: ({ on, visitId, caseId }) => (on ? <>{on}{visitId ? <>　<Link to={`/visits/${visitId}`}>检查记录</Link></> : null}{caseId ? '　案件' : ''}</> : '—') },
  ];
  return (
    <Part title={`${title}：逐家`} aside={<><select className="zj-input" aria-label="是否计入" value={counted ?? ''} onChange={(event) => put('counted', event.target.value)}><option value="">全部</option><option value="true">已计入</option><option value="false">未计入</option></select><button type="button" className="zj-button" onClick={() => put('target', '')}>收起</button></>}>
      <Shown of={bodies} what="机构">
        {({ items, next }) => (items.length ? <>{next ? <Partial>只列出前 {most} 家，请选择单位缩小范围。</Partial> : null}<Table caption="目标涉及的机构" rows={items} columns={columns} rowKey={({ institutionId }) => institutionId} /></> : <Empty>没有符合条件的机构。</Empty>)}
      </Shown>
    </Part>
  );
}
