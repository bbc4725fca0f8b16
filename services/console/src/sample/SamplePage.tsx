import { Chip, ClauseNote, Empty, Facts, institutionWord, moment, PackOnPage, Page, Part, ProblemError, ProblemNote, Shown, Table, useAnswer, usePack, useSubmission, type Answer, type Column } from '@zhijian/web';
import { Modal } from 'antd';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { packOf, type Campaign } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { checked, recordOf } from './sample.js';
import { useEffect, useState } from 'react';

type Sample = Answer<'getSample'>;
type Draw = Sample['draws'][number];
type Member = Sample['members'][number];

function save(draw: Draw, sample: Sample): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(recordOf(draw), null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: address, download: `draw-${sample.sample}-${draw.stratum}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A stratum, computed again in this very browser. */
function Stratum({ draw, sample, campaign }: { draw: Draw; sample: Sample; campaign: Campaign }) {
  const [agrees, setAgrees] = useState<boolean | null>(null);
  useEffect(() => { setAgrees(null); }, [draw]);
  return (
    <section className="pack-stage">
      <h3>{draw.stratum === '*' || draw.stratum === '' ? '全部机构' : draw.stratum.split('/').map((layer) => campaign.units.find(({ code }) => code === layer)?.name ?? institutionWord(layer)).join(' ')}　<span className="zj-soft">从 {draw.pool.length} 家中抽取 {draw.size} 家</span></h3>
      <Facts of={[['抽取时间', moment(draw.drawnAt)], ['算法', <code key="a">{draw.algorithm}</code>], ['种子', <code key="s">{draw.seed}</code>], ['名单摘要', <code key="h">{draw.poolSha256}</code>]]} />
      <p className="zj-actions"><button type="button" className="zj-button" onClick={() => void checked(draw).then(setAgrees)}>复算</button><button type="button" className="zj-button" onClick={() => save(draw, sample)}>下载抽取记录</button>
        <span role="status">{agrees === null ? '' : agrees ? <Chip tone="good">复算一致</Chip> : <Chip tone="bad">复算不一致，请告知审计人员</Chip>}</span></p>
    </section>
  );
}

function Members({ campaign, members }: { campaign: Campaign; members: readonly Member[] }) {
  const columns: Column<Member>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name }) => <Link to={`/campaigns/${campaign.campaignId}/institutions/${institutionId}/self-check`}>{name}</Link> },
    { key: 'unit', title: '单位', sortBy: ({ unit }) => unit, show: ({ unit }) => campaign.units.find(({ code }) => code === unit)?.name ?? unit },
    { key: 'how', title: '如何列入', sortBy: ({ how }) => how, show: ({ how, reason, clauses }) => <>{how === 'drawn' ? '随机抽取' : '补充列入'}{how === 'added' ? `：${reason}` : ''}<ClauseNote ids={clauses} /></> },
    { key: 'at', title: '列入时间', show: ({ addedAt }) => moment(addedAt) },
    { key: 'state', title: '情况', show: ({ removedAt, removedReason, visitOn }) => (removedAt ? <Chip tone="off">已移出：{removedReason}</Chip> : visitOn ? <Chip tone="good">{visitOn} 已检查</Chip> : <Chip tone="wait">待检查</Chip>) },
  ];
  return <Table caption="列入抽查的机构" rows={members} columns={columns} rowKey={({ institutionId, addedAt }) => `${institutionId} ${addedAt}`} />;
}

function Work({ campaign, sample }: { campaign: Campaign; sample: string }) {
  const params = { campaignId: campaign.campaignId, sample };
  const mayDraw = useIs('province', 'city', 'county') && campaign.state === 'approved';
  const answer = useAnswer('getSample', { params });
  const draw = useSubmission('drawInstitutions');
  const [modal, holder] = Modal.useModal();
  const undrawn = answer.error instanceof ProblemError && answer.error.status === 404;
  const ask = () => void modal.confirm({ title: '抽取被检查的机构？', okText: '抽取', cancelText: '再核对一下', content: '从冻结的名单中按方案的比例抽取，只抽一次，不能重抽；种子和名单摘要一并记录，任何人可以复算。', onOk: () => draw.send({ params }) });
  const button = mayDraw ? <button type="button" className="zj-button zj-primary" disabled={draw.pending} onClick={ask}>抽取</button> : null;
  return (
    <>
      {holder}
      <p className="zj-partial">抽查名单在到场检查以前不向机构透露。</p>
      {draw.problem ? <ProblemNote error={draw.problem} /> : null}
      {undrawn ? <Part title="抽取"><Empty action={button}>尚未抽取。名单冻结后，由负责检查的机关抽取。</Empty></Part> : (
        <Shown of={answer} what="抽查名单">{(data) => (
          <>
            <Part title="抽取记录" note={data.stated ? undefined : '文件没有写明抽取办法，此处按政策包的理解。'}>{data.draws.length ? data.draws.map((it) => <Stratum key={it.stratum} draw={it} campaign={campaign} sample={data} />) : <Empty action={button}>尚未抽取。名单冻结后，由负责检查的机关抽取。</Empty>}</Part>
            <Part title={`抽查的机构（${data.members.filter(({ removedAt }) => !removedAt).length}）`} note="按方案须一并列入的，写明理由列入，并留下记录。">{data.members.length ? <Members campaign={campaign} members={data.members} /> : <Empty>还没有机构列入。</Empty>}</Part>
          </>
        )}</Shown>
      )}
    </>
  );
}

function Titled({ campaign, sample }: { campaign: Campaign; sample: string }) {
  const rule = (usePack().data as { rules?: { samples?: Record<string, { title?: string } | undefined> } } | undefined)?.rules?.samples?.[sample];
  return <Page title={rule?.title ?? '抽查'} trail={<Trail campaign={campaign} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}><Work campaign={campaign} sample={sample} /></Page>;
}

/** The sample of a campaign: drawn once, seen, computed again. For officers only. */
export function SamplePage() {
  const { campaignId = '', sample = '' } = useParams();
  const officer = useIs('province', 'city', 'county', 'auditor');
  const campaign = useAnswer('getCampaign', { params: { campaignId } }, { enabled: officer });
  if (!officer) return <Page title="没有这个页面"><Empty action={<Link to="/campaigns">回到专项行动列表</Link>}>地址可能有误，或内容已经移走。数据不受影响。</Empty></Page>;
  return <Shown of={campaign} what="专项行动">{(known) => <PackOnPage.Provider value={packOf(known)}><Titled campaign={known} sample={sample} /></PackOnPage.Provider>}</Shown>;
}
