import { Chip, InventedLabel, registrationWords, rosterWords, Table, usePack, type Column } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { scopeWords } from '../campaign/campaign.js';
import type { Institution, Unit } from './unit.js';

const list = (words: readonly string[]) => (words.length ? words.join('、') : '—');

/** Every body of the list with what the register says of it: where it is, which post answers for it, what it may do and whether elsewhere too. */
export function BaseList({ unit }: { unit: Unit }) {
  const words = scopeWords(usePack().data);
  const { institutions } = unit;
  const outreach = institutions.map(({ kind }) => registrationWords(kind).outreach).find((word) => word !== null) ?? words.outreach;
  const columns: Column<Institution>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name, invented }) => <><Link to={`/institutions/${institutionId}`}>{name}</Link>{invented ? <InventedLabel /> : null}</> },
    { key: 'address', title: '地址', show: ({ address }) => address || '—' },
    { key: 'contact', title: '联系岗位', show: ({ contactPost }) => contactPost ?? '未登记' },
    { key: 'filed', title: words.since, sortBy: ({ filedOn }) => filedOn ?? '', show: ({ filedOn, kind }) => (filedOn ? <span className="zj-nowrap">{filedOn}</span> : registrationWords(kind).lacking) },
    { key: 'categories', title: words.categories, show: ({ categories }) => list(categories) },
    { key: 'items', title: words.items, show: ({ items }) => list(items) },
    ...(outreach ? [{ key: 'outreach', title: outreach, sortBy: ({ outreach: its }: Institution) => String(its), show: ({ kind, outreach: its }: Institution) => (registrationWords(kind).outreach === null ? '—' : its ? '是' : '否') }] : []),
    { key: 'state', title: '名单', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={state === 'in' ? 'good' : state === 'idle' ? 'off' : 'warn'}>{rosterWords[state] ?? state}</Chip> },
  ];
  return <div className="zj-scroll"><Table caption="基础名单" rows={institutions} columns={columns} rowKey={({ institutionId }) => institutionId} /></div>;
}
