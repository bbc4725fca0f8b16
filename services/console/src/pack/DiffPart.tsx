import { ClauseNote, Empty, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { othersThan, valueLine, type Pack } from './pack.js';
import { placeIn } from './place.js';

interface Difference { path: string; old: unknown; new: unknown; clauses: string[] }
const columnsFor = (pack: Pack): Column<Difference>[] => [
  { key: 'path', title: '何处', sortBy: ({ path }) => path, show: ({ path, clauses }) => <span title={path}>{placeIn([pack], path)}<ClauseNote ids={clauses} /></span> },
  { key: 'old', title: '原值', show: ({ old }) => <Value of={old} /> },
  { key: 'new', title: '新值', show: (row) => <Value of={row.new} /> },
];

/** A value, broken where a page is narrow: hashes and file names have no place to break at. */
const Value = ({ of }: { of: unknown }) => <span className="pack-value">{valueLine(of)}</span>;

/** Value by value, what another version or another pack says instead. */
export function DiffPart({ pack }: { pack: Pack }) {
  const installed = useAnswer('listPacks');
  const [other, setOther] = useState('');
  const [place = '', plan = ''] = pack.id.split('/');
  const diff = useAnswer('diffPacks', { params: { place, plan, version: pack.version }, query: { with: other } }, { enabled: other !== '' });
  return (
    <Shown of={installed} what="政策包">
      {({ items }) => {
        const others = othersThan(pack, items);
        if (!others.length) return <Empty>没有可供比较的其他政策包或版本。</Empty>;
        return (
          <>
            <label className="zj-field">与哪一个比较
              <select className="zj-input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">请选择</option>{others.map(({ name, title }) => <option key={name} value={name}>{title}（{name}）</option>)}</select>
            </label>
            {other ? <Shown of={diff} what="差异">{({ differences }) => (differences.length ? <Table caption="差异" rows={differences} columns={columnsFor(pack)} rowKey={({ path }) => path} /> : <Empty>两者没有差异。</Empty>)}</Shown> : null}
          </>
        );
      }}
    </Shown>
  );
}
