import { Chip, DateNote, DutyChip, limitOf, moment, PackOnPage, Part, Shown, untilEndOf, useAnswer, usePack } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { actsAsBody, packOf, type Campaign } from '../campaign/campaign.js';
import { boardTone, boardWord, leftWords, type Board } from '../rectification/rectification.js';
import './task.css';

/** What a body has still to do in a campaign, the overdue first; a report that was returned is to be done again. What agencies do to it is not its own to do. */
export function OwnDuties(of: { campaign: Campaign; institutionId: string }) {
  return <PackOnPage.Provider value={packOf(of.campaign)}><Duties {...of} /></PackOnPage.Provider>;
}

function Duties({ campaign, institutionId }: { campaign: Campaign; institutionId: string }) {
  const pack = usePack().data;
  const of = { params: { campaignId: campaign.campaignId } };
  const overdue = useAnswer('listObligations', { ...of, query: { limit: 100, institutionId, state: 'overdue' } }, { every: 60_000 });
  const open = useAnswer('listObligations', { ...of, query: { limit: 100, institutionId, state: 'open' } }, { every: 60_000 });
  return (
    <>
      <h3>本机构的待办</h3>
      <Shown of={overdue} what="待办">{(late) => <Shown of={open} what="待办">{(rest) => {
        const own = [...late.items, ...rest.items].filter(({ actor }) => actsAsBody(pack, actor));
        return own.length ? (
          <ul className="own-tasks">{own.map((one) => (
            <li key={one.obligationId}>
              <span><Link to={`/campaigns/${campaign.campaignId}/institutions/${institutionId}/self-check`}>{one.title}</Link>{one.correctionOf ? <><br /><Chip tone="warn">已退回，待更正</Chip><span className="zj-soft">　{moment(one.correctionOf)} 收到的报告，理由见报告</span></> : null}</span>
              <span>{limitOf(one)}<DateNote because={one.because} clauses={one.clauses} calendar={one.calendar} firm={one.firm || !one.dueOn} of={{ campaignId: campaign.campaignId, obligationId: one.obligationId }} /></span>
              <DutyChip state={one.state} />
            </li>
          ))}</ul>
        ) : <p>目前没有需要本机构办理的任务。</p>;
      }}</Shown>}</Shown>
    </>
  );
}

const owed: readonly Board[] = ['overdue', 'returned', 'awaited'];

/** The rectification reports a body owes, a returned one too, with their days; nothing where it owes none. */
export function OwnRectifications() {
  const { data } = useAnswer('listRectifications', { query: { limit: 100 } }, { every: 60_000 });
  const due = (data?.items ?? []).filter(({ board }) => owed.includes(board));
  if (!due.length) return null;
  return (
    <Part title="须提交的整改报告">
      <ul className="own-tasks">{due.map((one) => (
        <PackOnPage.Provider key={one.rectificationId} value={one.pack}>
          <li>
            <span><Link to={`/rectifications/${one.rectificationId}`}>{one.year} 年度整改报告</Link></span>
            <span>{untilEndOf(one.dueOn)}{one.dueOn && !one.firm ? '（暂定）' : ''}<DateNote because={one.because} counted={one.counted} clauses={one.clauses} calendar={one.calendar} firm={one.firm || !one.dueOn} />{one.board === 'returned' ? null : <span className="zj-soft">　{leftWords(one)}</span>}</span>
            <Chip tone={boardTone(one.board)}>{boardWord(one.board)}</Chip>
          </li>
        </PackOnPage.Provider>
      ))}</ul>
    </Part>
  );
}
