import { Chip, ClauseNote, Empty, InventedLabel, moment, PackOnPage, Page, Part, Partial, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { useToday } from '../app/session.js';
import { stepWords } from './colour.js';

type Item = Answer<'listRedYears'>['items'][number];
const columns: Column<Item>[] = [
  { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name, invented }) => <><Link to={`/institutions/${institutionId}`}>{name || institutionId}</Link>{invented ? <InventedLabel /> : null}</> },
  { key: 'place', title: '辖区', show: ({ jurisdiction }) => <PlaceWord code={jurisdiction} /> },
  { key: 'year', title: '年度', sortBy: ({ year }) => year, show: ({ year }) => `${year} 年度` }, { key: 'red', title: '连续红色', number: true, sortBy: ({ redYears }) => redYears, show: ({ redYears }) => `${redYears} 年` },
  { key: 'step', title: '后续', show: ({ step, clauses, pack }) => <PackOnPage.Provider value={pack}><Chip tone={step === 'propose' ? 'bad' : 'warn'}>{stepWords[step]}</Chip><ClauseNote ids={clauses} /></PackOnPage.Provider> },
  { key: 'at', title: '计入', show: ({ countedAt }) => moment(countedAt) },
];

/** Bodies that were red two years in a row and those that were three: looked at, never revoked by themselves. */
export function RedYearsPage() {
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const year = search.get('year') ?? '';
  const step = search.get('step') ?? '';
  const list = useAnswer('listRedYears', { query: { limit: 500, ...(year ? { year: Number(year) } : {}), ...(step === 'alarm' || step === 'propose' ? { step } : {}) } });
  const put = (name: string, value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next; }, { replace: true });
  const years = Array.from({ length: 6 }, (_, at) => String(Number(today.slice(0, 4) || 0) - at)).filter((one) => one !== '0');
  return (
    <Page title="连续红色" trail={<Link to="/colours">分色管理</Link>}>
      <Part title="连续红色的机构" note="按已公开的颜色计算；中间没有赋色的年度是否中断，按政策包的规定。提请处理由资质认可、备案机关依法定程序决定，系统不自动取消任何资质。">
        <p className="zj-actions">
          <label>年度 <select className="zj-input" value={year} onChange={(event) => put('year', event.target.value)}><option value="">全部年度</option>{years.map((one) => <option key={one} value={one}>{one} 年度</option>)}</select></label>
          <label>后续 <select className="zj-input" value={step} onChange={(event) => put('step', event.target.value)}><option value="">全部</option><option value="alarm">{stepWords['alarm']}</option><option value="propose">{stepWords['propose']}</option></select></label>
        </p>
        <Shown of={list} what="连续红色的机构">
          {({ items, next }) => (items.length ? <>{next ? <Partial>只列出前 500 家，请选择年度。</Partial> : null}<Table caption="连续红色的机构" rows={items} columns={columns} rowKey={({ institutionId, year: its }) => `${institutionId} ${its}`} /></> : <Empty>没有连续两年以上红色的机构。</Empty>)}
        </Shown>
      </Part>
    </Page>
  );
}
