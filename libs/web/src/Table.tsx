import { useState, type ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  show: (row: T) => ReactNode;
  /** Given where the column may be sorted. */
  sortBy?: (row: T) => string | number;
  number?: boolean;
}

/** A table that prints, sorts, and becomes cards on a narrow screen. */
export function Table<T>({ rows, columns, rowKey, caption, foot }: { rows: readonly T[]; columns: readonly Column<T>[]; rowKey: (row: T) => string; caption: string; foot?: ReactNode }) {
  const [order, setOrder] = useState<{ key: string; down: boolean } | null>(null);
  const by = columns.find(({ key }) => key === order?.key)?.sortBy;
  const compare = (a: T, b: T): number => {
    const [x, y] = by ? [by(a), by(b)] : [0, 0];
    const sign = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh-CN');
    return order?.down ? -sign : sign;
  };
  const sorted = by ? [...rows].sort(compare) : rows;
  const turn = (key: string) => setOrder(order?.key === key ? { key, down: !order.down } : { key, down: true });
  const direction = (key: string) => (order?.key !== key ? 'none' : order.down ? 'descending' : 'ascending');
  return (
    <table className="zj-table">
      <caption className="zj-hidden">{caption}</caption>
      <thead><tr>
        {columns.map(({ key, title, sortBy, number }) => (
          <th key={key} scope="col" className={number ? 'zj-number' : ''} {...(sortBy ? { 'aria-sort': direction(key) } : {})}>
            {sortBy ? <button type="button" className="zj-sort" onClick={() => turn(key)}>{title}<span aria-hidden="true">{order?.key === key ? (order.down ? ' ↓' : ' ↑') : ''}</span></button> : title}
          </th>
        ))}
      </tr></thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={rowKey(row)}>{columns.map(({ key, title, show, number }) => <td key={key} data-title={title} className={number ? 'zj-number' : ''}>{show(row)}</td>)}</tr>
        ))}
      </tbody>
      {foot ? <tfoot>{foot}</tfoot> : null}
    </table>
  );
}
