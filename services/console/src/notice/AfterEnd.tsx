import { Chip, ClauseNote, Empty, Part, Shown, Table, useAnswer, useSubmission, type Column } from '@zhijian/web';
import { ReasonButton } from '../administration/ReasonButton.js';
import { ColourWord } from './ColourWord.js';
import type { NoticeDetail, Published } from './notice.js';

/** Takes a published colour down; what stood and why stays readable. */
function TakeDown({ it }: { it: Published }) {
  const down = useSubmission('withdrawPublication');
  return <ReasonButton label="撤下" title={`撤下：${it.name}`} hint="写明事实和依据，公众可以看到。" note="撤下的理由公开；原内容仍可查。更正颜色的，请由质控机构更正后另行公示。" problem={down.problem} pending={down.pending} act={(reason) => down.send({ params: { publicationId: it.publicationId }, body: { reason } })} />;
}

/** What was published after a notice, with what was corrected or taken down. */
export function AfterEnd({ notice, may }: { notice: NoticeDetail; may: boolean }) {
  const published = useAnswer('listPublications', { query: { limit: 500, noticeId: notice.noticeId, current: 'false' } });
  const columns: Column<Published>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ name }) => name },
    { key: 'colour', title: '颜色', show: (it) => <>{it.withdrawn ? <Chip tone="off">已撤下</Chip> : <ColourWord of={it.colour} />}{it.erratum && !it.withdrawn ? <Chip tone="warn">更正</Chip> : null}{it.current ? null : <Chip tone="off">已被替代</Chip>}<ClauseNote ids={it.clauses} /></> },
    { key: 'before', title: '此前', show: (it) => (it.before ? <><ColourWord of={it.before} />{it.reason ? <span className="zj-soft">　{it.reason}</span> : null}</> : '无') },
    { key: 'on', title: '公开日期', sortBy: ({ publishedOn }) => publishedOn, show: ({ publishedOn, site, address, proofSha256 }) => <>{publishedOn}<br /><span className="zj-soft">{address}</span>{site === 'elsewhere' ? <><br /><code className="notice-hash">{proofSha256}</code></> : null}</> },
    ...(may ? [{ key: 'act', title: '办理', show: (it: Published) => (it.current && !it.withdrawn ? <TakeDown it={it} /> : null) }] : []),
  ];
  return (
    <Part title="公开情况">
      <Shown of={published} what="公开情况">{({ items, next }) => (items.length ? <>{next ? <p className="zj-note">此处列最近的 {items.length} 份。</p> : null}<Table caption="公开情况" rows={items} columns={columns} rowKey={({ publicationId }) => publicationId} /></> : <Empty>{notice.site === 'elsewhere' ? '尚未登记在官方网站的公开。' : '还没有公开：有异议的须先答复。'}</Empty>)}</Shown>
    </Part>
  );
}
