import { Chip, ClauseNote, Empty, Facts, InventedLabel, institutionWord, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useIs, useSession } from '../app/session.js';
import { AfterEnd } from './AfterEnd.js';
import { PublicationForm, WithdrawForm } from './AfterPosting.js';
import { ColourWord } from './ColourWord.js';
import { entryState, noticeStates, reasonWords, type Entry, type NoticeDetail } from './notice.js';
import { Countdown, NoticePeriod } from './NoticesPage.js';
import { PostForm } from './PostForm.js';
import { RaiseForm } from './RaiseForm.js';

const said = (text: string | null | undefined): string => text ?? '无';

/** What one body's colour rests on, line by line. */
function Reason({ of: { content } }: { of: Entry }) {
  return (
    <details><summary>如何得出</summary>
      <ul className="zj-plain">{content.lines.map((line) => (
        <li key={line.line}>{institutionWord(line.line)}：{line.served === false ? '未开展技术服务' : `${said(line.score)} 分`}，{said(line.grade?.title)}；比对{said(line.result)}，{said(line.level?.title)}；<ColourWord of={line.colour} />{line.because ? <span className="zj-soft">（{line.because}）</span> : null}<ClauseNote ids={line.clauses.map(({ id }) => id)} /></li>
      ))}</ul>
      {content.redYears > 1 ? <p>公示时为连续第 {content.redYears} 年红色。</p> : null}
    </details>
  );
}

const columns = (notice: NoticeDetail): Column<Entry>[] => [
  { key: 'name', title: '机构', sortBy: ({ name }) => name ?? '', show: ({ name, creditCode, invented }) => <>{name ?? '登记信息尚未收到'}{invented ? <InventedLabel /> : null}<br /><span className="zj-soft">{creditCode}</span></> },
  { key: 'colour', title: '结果', sortBy: ({ content }) => content.colour?.id ?? '', show: (it) => <><ColourWord of={it.content.colour} /><ClauseNote ids={it.content.clauses.map(({ id }) => id)} /><Reason of={it} /></> },
  { key: 'before', title: '此前', show: ({ content }) => (content.before ? <>同年度原为 <ColourWord of={content.before} /></> : content.lastYear ? <>{content.lastYear.year} 年度 <ColourWord of={content.lastYear.colour} /></> : '无') },
  { key: 'state', title: '情况', sortBy: (it) => entryState(it, notice.state)[1], show: (it) => { const [tone, word] = entryState(it, notice.state); return <><Chip tone={tone}>{word}</Chip>{it.objection ? <Link className="zj-link" to={`/objections/${it.objection.objectionId}`}>异议</Link> : null}</>; } },
];

function Entries({ notice, body }: { notice: NoticeDetail; body: boolean }) {
  const [colour, setColour] = useState('');
  const entries = useAnswer('listNoticeEntries', { params: { noticeId: notice.noticeId }, query: { limit: 500, ...(colour ? { colour } : {}) } });
  const colours = [...new Map((entries.data?.items ?? []).flatMap(({ content }) => (content.colour ? [[content.colour.id, content.colour.title] as const] : []))).entries()];
  return (
    <>
      <Part title={body ? '本机构的结果' : `公示的机构（${notice.entries}）`}>
        {body ? null : <p className="zj-actions"><label>颜色 <select className="zj-input" value={colour} onChange={(event) => setColour(event.target.value)}><option value="">全部</option>{colours.map(([id, title]) => <option key={id} value={id}>{title}</option>)}</select></label></p>}
        <Shown of={entries} what="公示的机构">{({ items, next }) => (items.length ? <>{next ? <p className="zj-note">此处列前 {items.length} 家，其余按颜色筛选。</p> : null}<Table caption="公示的机构" rows={items} columns={columns(notice)} rowKey={({ institutionId }) => institutionId} /></> : <Empty>没有这样的机构。</Empty>)}</Shown>
      </Part>
      <Raising notice={notice} entries={entries.data?.items ?? []} body={body} />
    </>
  );
}

function Raising({ notice, entries, body }: { notice: NoticeDetail; entries: readonly Entry[]; body: boolean }) {
  const officer = useIs('province', 'city', 'county');
  const here = useSession().me.places.some(({ code }) => code === notice.jurisdiction);
  const may = body ? notice.state === 'posted' : officer && here && ['posted', 'ended'].includes(notice.state);
  if (!may || !entries.length) return null;
  return <RaiseForm key={entries.length} notice={notice} entries={entries} officer={!body} />;
}

function Head({ notice }: { notice: NoticeDetail }) {
  const [tone, word] = noticeStates[notice.state];
  return (
    <>
      <Countdown of={notice} />
      {notice.withdrawnAt ? <p className="zj-note">已于 {moment(notice.withdrawnAt)} 撤回。理由：{notice.withdrawnReason}</p> : null}
      {notice.explanation ? <p className="zj-note">改动说明：{notice.explanation}</p> : null}
      <Facts of={[
        ['情况', <Chip key="s" tone={tone}>{word}</Chip>], ['种类', reasonWords[notice.because]],
        ['公示期', notice.postedOn ? <span key="p">{notice.postedOn} 发布，自次日起，至 {notice.lastDay} 24:00<NoticePeriod of={notice} /></span> : '尚未发布'],
        ['依据的文件', `${notice.document.title}${notice.document.onRequest ? '（依申请公开，不在公示中登载）' : ''}`],
        ...(notice.address ? [['公示网址', <span key="a">{notice.address}<br /><code className="notice-hash">{notice.proofSha256}</code></span>] as const] : []),
        ...(['ended', 'settled'].includes(notice.state) ? [['公开', `已公开 ${notice.published} 家${notice.ready ? `，待登记 ${notice.ready} 家` : ''}${notice.waiting ? `，因异议暂缓 ${notice.waiting} 家` : ''}`] as const] : []),
        ...(notice.undetermined ? [['待核实', `另有 ${notice.undetermined} 家，不在这次公示之中`] as const] : []),
      ]} />
    </>
  );
}

function Work({ notice, reload }: { notice: NoticeDetail; reload: () => void }) {
  const publisher = useIs('province', 'city', 'publisher');
  const here = useSession().me.places.some(({ code }) => code === notice.jurisdiction);
  const body = useIs('institution', 'institution-head');
  const may = publisher && here;
  return (
    <>
      <Head notice={notice} />
      {may && notice.state === 'draft' ? <PostForm key={notice.version} notice={notice} reload={reload} /> : null}
      {may && notice.site === 'elsewhere' && notice.ready > 0 ? <PublicationForm key={notice.version} notice={notice} reload={reload} /> : null}
      <Entries notice={notice} body={body} />
      {['ended', 'settled'].includes(notice.state) ? <AfterEnd notice={notice} may={may} /> : null}
      {may && notice.state === 'posted' ? <WithdrawForm key={notice.version} notice={notice} reload={reload} /> : null}
    </>
  );
}

/** One notice: its period and countdown, what must hold before it goes out, every body with its reasons, objections. */
export function NoticePage() {
  const { noticeId = '' } = useParams();
  const notice = useAnswer('getNotice', { params: { noticeId } });
  return (
    <Shown of={notice} what="公示">
      {(known) => <PackOnPage.Provider value={known.pack}><Page title={known.title} trail={<Link to="/notices">公示</Link>} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}><Work notice={known} reload={() => void notice.refetch()} /></Page></PackOnPage.Provider>}
    </Shown>
  );
}
