import { Empty, Shown, useAnswer, type Answer } from '@zhijian/web';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { usePlaceName } from '../app/PlaceWord.js';
import { useSession } from '../app/session.js';

export type ColourYear = Answer<'listColourYears'>['items'][number];
const keyOf = ({ jurisdiction, year }: ColourYear): string => `${jurisdiction}/${year}`;

/** Which year of colours a page is about: the latest one unless the address names another. */
export function YearPicker({ children }: { children: (year: ColourYear) => ReactNode }) {
  const [search, setSearch] = useSearchParams();
  const placeName = usePlaceName();
  const years = useAnswer('listColourYears', { query: { limit: 100 } });
  return (
    <Shown of={years} what="开展分色管理的年度">
      {({ items }) => {
        const asked = search.get('year');
        const chosen = items.find((one) => keyOf(one) === asked) ?? items[0];
        if (!chosen) return <Empty>还没有开展分色管理的年度。启动年度赋色或者公开赋色结果以后，这里列出检查、监测和整改的要求。</Empty>;
        return (
          <>
            {items.length > 1 ? <p className="zj-actions"><label>年度 <select className="zj-input" value={keyOf(chosen)} onChange={(event) => setSearch({ year: event.target.value }, { replace: true })}>{items.map((one) => <option key={keyOf(one)} value={keyOf(one)}>{one.year} 年度（{placeName(one.jurisdiction)}）</option>)}</select></label></p> : null}
            {children(chosen)}
          </>
        );
      }}
    </Shown>
  );
}

/** The way to a year-end summary, for people of the place that sends it: it is of the whole place. */
export function SummaryLink({ year: { jurisdiction, year }, to, children }: { year: ColourYear; to: string; children: ReactNode }) {
  const { me } = useSession();
  return me.role === 'auditor' || me.places.some(({ code }) => code === jurisdiction) ? <p className="zj-actions"><Link to={`${to}/${jurisdiction}/${year}`}>{children}</Link></p> : null;
}
