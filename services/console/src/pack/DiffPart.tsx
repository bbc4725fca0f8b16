import { ClauseNote, Empty, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { valueLine, type Pack } from './pack.js';

interface Difference { path: string; old: unknown; new: unknown; clauses: string[] }
const columns: Column<Difference>[] = [
  { key: 'path', title: '何处', sortBy: ({ path }) => path, show: ({ path, clauses }) => <><code>{path}</code><ClauseNote ids={clauses} /></> },
  { key: 'old', title: '原值', show: ({ old }) => valueLine(old) },
  { key: 'new', title: '新值', show: (row) => valueLine(row.new) },
];

/** Value by value, what another version or another pack says instead. */
export function DiffPart({ pack }: { pack: Pack }) {
  const installed = useAnswer('listPacks');
  const [other, setOther] = useState('');
  const own = `${pack.id}@${pack.version}`;
  const [place = '', plan = ''] = pack.id.split('/');
  const diff = useAnswer('diffPacks', { params: { place, plan, version: pack.version }, query: { with: other } }, { enabled: other !== '' });
  return (
    <Shown of={installed} what="政策包">
      {({ items }) => {
        const others = items.map(({ id, version }) => `${id}@${version}`).filter((name) => name !== own).sort((a, b) => Number(b.startsWith(pack.id)) - Number(a.startsWith(pack.id)) || a.localeCompare(b));
        if (!others.length) return <Empty>没有可供比较的其他政策包或版本。</Empty>;
        return (
          <>
            <label className="zj-field">与哪一个比较
              <select className="zj-input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">请选择</option>{others.map((name) => <option key={name} value={name}>{name}</option>)}</select>
            </label>
            {other ? <Shown of={diff} what="差异">{({ differences }) => (differences.length ? <Table caption="差异" rows={differences} columns={columns} rowKey={({ path }) => path} /> : <Empty>两者没有差异。</Empty>)}</Shown> : null}
          </>
        );
      }}
    </Shown>
  );
}
