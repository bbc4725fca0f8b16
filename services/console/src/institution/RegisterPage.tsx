import { Chip, Empty, groupedCode, institutionWord, institutionWords, InventedLabel, Page, Part, registrationWords, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { OperationForm } from './OperationForm.js';

type Institution = Answer<'listInstitutions'>['items'][number];

/** What a body may do, in the words of its own certificate or filing. */
function Registered({ of: { kind, filing } }: { of: Institution }) {
  const words = registrationWords(kind);
  if (!filing) return <>{words.lacking}</>;
  return (
    <>
      {words.categories}：{filing.categories.join('、')}{filing.items.length ? <details><summary>{words.items} {filing.items.length} 项</summary>{filing.items.join('、')}</details> : null}
      {filing.outreach && words.outreach ? <span className="zj-soft">{words.outreach}</span> : null}{filing.closedOn ? <Chip tone="off">{words.ended} {filing.closedOn}</Chip> : null}
    </>
  );
}

const columnsFor = (mayRecord: boolean): Column<Institution>[] => [
  { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name, creditCode, invented }) => <span><Link to={`/institutions/${institutionId}`}>{name}</Link>{invented ? <InventedLabel /> : null}<br /><code className="zj-soft">{groupedCode(creditCode)}</code></span> },
  { key: 'kind', title: '类别', show: ({ kind }) => institutionWord(kind) },
  { key: 'place', title: '区划', sortBy: ({ jurisdiction }) => jurisdiction, show: ({ jurisdiction }) => jurisdiction },
  { key: 'address', title: '地址', show: ({ address, contactPost }) => <>{address}{contactPost ? <span className="zj-soft">　联系岗位：{contactPost}</span> : null}</> },
  { key: 'filing', title: '备案或资质', show: (row) => <Registered of={row} /> },
  { key: 'operation', title: '实际开展', sortBy: ({ operation }) => String(operation?.operating), show: ({ operation }) => (operation ? <>{operation.operating ? <Chip tone="good">开展</Chip> : <Chip tone="off">未开展</Chip>}<span className="zj-soft zj-nowrap"> {operation.observedOn}</span><details><summary>依据</summary>{operation.evidence}</details></> : <Chip tone="warn">待核实</Chip>) },
  ...(mayRecord ? [{ key: 'record', title: '记录', show: (row: Institution) => <OperationForm institution={row} /> }] : []),
];

function Search({ search, put }: { search: URLSearchParams; put: (name: string, value: string) => void }) {
  const [words, setWords] = useState(search.get('q') ?? '');
  useEffect(() => {
    const timer = setTimeout(() => put('q', words.trim()), 300);
    return () => clearTimeout(timer);
     
  }, [words]);
  return (
    <div className="zj-row" role="search">
      <label>名称或统一社会信用代码<input className="zj-input" type="search" value={words} onChange={(event) => setWords(event.target.value)} /></label>
      <label>类别<select className="zj-input" value={search.get('kind') ?? ''} onChange={(event) => put('kind', event.target.value)}><option value="">全部</option>{Object.entries(institutionWords).map(([kind, word]) => <option key={kind} value={kind}>{word}</option>)}</select></label>
      <label>区划代码<input className="zj-input" maxLength={40} value={search.get('unit') ?? ''} onChange={(event) => put('unit', event.target.value)} /></label>
    </div>
  );
}

/** The register of institutions, searched; a district records who actually operates. */
export function RegisterPage() {
  const [search, setSearch] = useSearchParams();
  const mayImport = useIs('province', 'city', 'county');
  const mayRecord = useIs('city', 'county');
  const cursor = search.get('cursor') ?? undefined;
  const query = { limit: 50, cursor, q: search.get('q') ?? undefined, kind: (search.get('kind') ?? undefined) as Institution['kind'] | undefined, unit: search.get('unit') ?? undefined };
  const list = useAnswer('listInstitutions', { query });
  const put = (name: string, value: string) => setSearch((before) => {
    if ((before.get(name) ?? '') === value) return before;
    const next = new URLSearchParams(before);
    next.delete('cursor');
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  }, { replace: true });
  const turn = (to: string) => setSearch((before) => new URLSearchParams([...[...before].filter(([name]) => name !== 'cursor'), ['cursor', to]]));
  const importing = mayImport ? <Link className="zj-button" to="/institutions/import">导入名单</Link> : undefined;
  return (
    <Page title="机构名录" aside={importing}>
      <Part title="查找"><Search search={search} put={put} /></Part>
      <Part title="机构">
        <Shown of={list} what="机构名录">
          {({ items, next }) => (items.length ? (
            <>
              <Table caption="机构名录" rows={items} columns={columnsFor(mayRecord)} rowKey={({ institutionId }) => institutionId} />
              <p className="zj-actions">{cursor ? <button type="button" className="zj-button" onClick={() => put('cursor', '')}>回到第一页</button> : null}{next ? <button type="button" className="zj-button" onClick={() => turn(next)}>下一页</button> : <span className="zj-soft">已到末尾。</span>}</p>
            </>
          ) : <Empty action={importing}>{query.q || query.kind || query.unit ? '没有符合条件的机构。可减少条件，或核对名称与代码。' : '名录中还没有机构。请导入本辖区的机构名单。'}</Empty>)}
        </Shown>
      </Part>
    </Page>
  );
}
