import { Empty, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link } from 'react-router-dom';

interface Installed { id: string; version: number; hash: string; title: string; jurisdiction: string }

const columns: Column<Installed>[] = [
  { key: 'title', title: '方案', sortBy: ({ title }) => title, show: ({ id, version, title }) => <Link to={`/packs/${id}/${version}`}>{title}</Link> },
  { key: 'id', title: '编号与版本', sortBy: ({ id, version }) => `${id}@${version}`, show: ({ id, version }) => <code>{id}@{version}</code> },
  { key: 'place', title: '区划', sortBy: ({ jurisdiction }) => jurisdiction, show: ({ jurisdiction }) => jurisdiction },
  { key: 'hash', title: '内容摘要', show: ({ hash }) => <code>{hash.slice(0, 12)}</code> },
];

/** Every installed pack. */
export function PackListPage() {
  const packs = useAnswer('listPacks');
  return (
    <Page title="政策包">
      <Part title="已安装的政策包" note="政策包是文件的数据化：阶段、任务、期限、决策、表式，每一项都注明条款。安装后不再改动，更正须另出版本。">
        <Shown of={packs} what="政策包">
          {({ items }) => (items.length ? <Table caption="已安装的政策包" rows={items} columns={columns} rowKey={({ id, version }) => `${id}@${version}`} /> : <Empty>尚未安装政策包。请运维人员用命令 pack install 安装。</Empty>)}
        </Shown>
      </Part>
    </Page>
  );
}
