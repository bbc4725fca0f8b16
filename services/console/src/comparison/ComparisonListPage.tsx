import { Chip, Empty, institutionWord, Page, Part, Partial, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs, useSession } from '../app/session.js';
import { roundStates, type Round } from './comparison.js';

const most = 200;
const addressOf = ({ roundId }: Round, own: string | undefined): string => `/comparisons/${roundId}${own ? `/institutions/${own}` : ''}`;

const columnsFor = (own: string | undefined): Column<Round>[] => [
  { key: 'title', title: '比对', sortBy: ({ title }) => title, show: (round) => <><Link to={addressOf(round, own)}>{round.title}</Link><span className="zj-hint">　{round.schemeTitle}</span></> },
  { key: 'year', title: '年度', sortBy: ({ year }) => year, show: ({ year }) => year },
  { key: 'line', title: '资质', show: ({ line }) => institutionWord(line) },
  { key: 'state', title: '状态', sortBy: ({ state }) => state, show: ({ state, closed }) => <><Chip tone={roundStates[state][0]}>{roundStates[state][1]}</Chip>{state === 'open' && closed ? <span className="zj-hint">　已截止，待评定</span> : null}</> },
  { key: 'by', title: '报送截止', sortBy: ({ submitBy }) => submitBy, show: ({ submitBy }) => submitBy },
  ...(own ? [] : [{ key: 'counts', title: '已报送', number: true, show: ({ counts }: Round) => `${counts.reported + counts.late}/${counts.obliged + counts.voluntary}` }]),
];

/** Rounds of laboratory comparisons, the latest first. */
export function ComparisonListPage() {
  const [search, setSearch] = useSearchParams();
  const { me, place } = useSession();
  const plans = useIs('quality-centre');
  const own = useIs('institution', 'institution-head') ? (place?.institutionId ?? me.places.find(({ institutionId }) => institutionId)?.institutionId ?? undefined) : undefined;
  const state = (['planned', 'open', 'evaluated'] as const).find((one) => one === search.get('state'));
  const rounds = useAnswer('listComparisons', { query: { limit: most, state } });
  return (
    <Page title="能力比对" aside={plans ? <Link className="zj-button zj-primary" to="/comparisons/new">制定比对</Link> : undefined}>
      <Part title="各轮比对" aside={<select className="zj-input" aria-label="状态" value={state ?? ''} onChange={(event) => setSearch(event.target.value ? { state: event.target.value } : {}, { replace: true })}><option value="">全部状态</option>{Object.entries(roundStates).map(([id, [, word]]) => <option key={id} value={id}>{word}</option>)}</select>}>
        <Shown of={rounds} what="能力比对">
          {({ items, next }) => (items.length
            ? <>{next ? <Partial>只列出最近 {most} 轮。</Partial> : null}<Table caption="能力比对" rows={items} columns={columnsFor(own)} rowKey={({ roundId }) => roundId} /></>
            : <Empty>{state ? '没有这种状态的比对。' : own ? '没有须参加的能力比对。' : '尚未制定能力比对。由质量控制中心按政策包中的比对方案制定。'}</Empty>)}
        </Shown>
      </Part>
    </Page>
  );
}
