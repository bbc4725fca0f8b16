import { addressOf, Chip, Empty, Facts, moment, Page, Part, ProblemNote, Shown, useAnswer } from '@zhijian/web';
import { caseFileName } from '@zhijian/contracts/words';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useDownload } from '../form/use-download.js';
import './audit.css';
import { campaignOf, caseName, casePath, checkWords, statusWords, type Verified } from './audit.js';
import { RunChoice } from './RunChoice.js';
import { Timeline } from './Timeline.js';

function Verdict({ it }: { it: Verified }) {
  return (
    <div className="audit-verdict" role="status">
      <p>{it.ok ? <Chip tone="good">与历史一致（{it.events} 个事件，用时 {(it.milliseconds / 1000).toFixed(1)} 秒）</Chip> : <Chip tone="bad">不一致：{it.firstDivergence?.message}</Chip>}</p>
      <ul className="audit-checks">{it.checks.map(({ name, ok }) => <li key={name}><Chip tone={ok ? 'good' : 'bad'}>{checkWords[name] ?? name}</Chip></li>)}</ul>
      {it.problems.length > 1 ? <details><summary>全部不符之处（{it.problems.length}）</summary><ul>{it.problems.map(({ check, where, message }) => <li key={`${check} ${where}`}>{message}</li>)}</ul></details> : null}
    </div>
  );
}

/** One case: its story step by step, its replay, its file to take away. All of it is of one run: the one the address names, or the latest. */
export function CasePage() {
  const workflowId = useParams()['*'] ?? '';
  const campaignId = campaignOf(workflowId);
  const [search, setSearch] = useSearchParams();
  const runId = search.get('runId') ?? '';
  const asked = { params: { workflowId }, query: runId ? { runId } : {} };
  const [verifying, setVerifying] = useState<string | null>(null); // the run whose replay was asked for
  const campaign = useAnswer('getCampaign', { params: { campaignId } }, { enabled: campaignId !== '' });
  const story = useAnswer('getStory', asked);
  const verified = useAnswer('verifyCase', asked, { enabled: verifying === runId });
  const runs = useAnswer('listArchivedCases', { query: { workflowId, limit: 500 } }, { enabled: !story.isPending }); // asked for its story, a run that goes on is among them
  const download = useDownload(addressOf('/api/v1/audit/export/{workflowId}', { workflowId }, { runId }), caseFileName(workflowId, runId));
  const name = caseName(workflowId, campaign.data);
  const verify = () => { if (verifying === runId) void verified.refetch(); else setVerifying(runId); };
  const choose = (next: string) => { download.clear(); setSearch({ runId: next }); };
  const unknown = story.isError && runId !== '';
  return (
    <Page title={name} trail={<><Link to="/audit">审计回放</Link>{campaign.data ? <Link to={`/campaigns/${campaignId}`}>{campaign.data.name}</Link> : null}</>}
      aside={<><button type="button" className="zj-button zj-primary" disabled={unknown || verified.isFetching} onClick={verify}>重放校验</button><button type="button" className="zj-button" disabled={unknown || download.pending} onClick={() => void download.send(undefined)}>下载核验包</button></>}>
      {runs.data || !story.isPending ? <Shown of={runs} what="各次运行">{({ items }) => <RunChoice runs={items} chosen={runId || (story.data?.runId ?? '')} choose={choose} />}</Shown> : null}
      {unknown ? <p className="zj-actions"><Link to={casePath(workflowId)}>查看最近一次运行</Link></p> : null}
      {download.problem ? <ProblemNote error={download.problem} /> : null}
      {verifying === runId ? <Part title="重放校验" note="用当日的流程程序重放历史，并核对哈希、日志证明、台账摘要、决定与公布内容。下载的核验包在任何一台电脑上用 audit verify 得到同样的结果。"><Shown of={verified} what="重放校验的结果">{(it) => <Verdict it={it} />}</Shown></Part> : null}
      <Shown of={story} what="流程经过">{(it) => (
        <>
          <Part title="流程"><Facts of={[['流程编号', <code key="w">{it.workflowId}</code>], ['运行编号', <code key="r">{it.runId}</code>], ['状态', statusWords[it.status] ?? it.status], ['起止', it.lines.length ? `${moment(it.lines[0]!.at)} 至 ${moment(it.lines.at(-1)!.at)}` : '—']]} /></Part>
          <Part title="经过" note="时间、步骤、结果、条款与办理人；办理人是登录时认定并记入日志的。">{it.lines.length ? <Timeline key={it.runId} lines={it.lines} /> : <Empty>这件流程还没有可讲的经过。</Empty>}</Part>
        </>
      )}</Shown>
    </Page>
  );
}
