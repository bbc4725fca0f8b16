import { Modal } from 'antd';
import { ClauseNote, PackOnPage, ProblemNote, severityWords, usePack, useSubmission, Chip, type Tone } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { useSession } from '../app/session.js';
import { packOf, unitWord, type Campaign } from './campaign.js';

const tones: Record<string, Tone> = { error: 'bad', warning: 'warn', info: 'info' };

/** What the check of the pack found: errors first, then hints, then what a reading has already answered. */
export function PackFindings({ campaign }: { campaign: Campaign }) {
  const order = ['error', 'warning', 'info'];
  const findings = [...campaign.findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  if (!findings.length) return <p>政策包校核未发现问题。</p>;
  return (
    <PackOnPage.Provider value={packOf(campaign)}>
      <ul className="finding-list">
        {findings.map(({ id, severity, message, quote, clauses, reading }) => (
          <li key={id}><Chip tone={tones[severity] ?? 'info'}>{severityWords[severity] ?? severity}</Chip> {message}{reading ? `（已有理解 ${reading}）` : ''}{quote ? <q className="zj-soft">{quote}</q> : null}<ClauseNote ids={clauses} /></li>
        ))}
      </ul>
    </PackOnPage.Provider>
  );
}

/** Approval starts the campaign in every unit; it takes another person than who drew it up, and is asked for twice. */
export function ApproveCampaign({ campaign }: { campaign: Campaign }) {
  const approve = useSubmission('approveCampaign');
  const [modal, holder] = Modal.useModal();
  const { me } = useSession();
  const called = unitWord(usePack(packOf(campaign)).data);
  const own = campaign.draftedBy !== null && campaign.draftedBy === me.id;
  const blocked = campaign.findings.some(({ severity }) => severity === 'error');
  const ask = () => void modal.confirm({
    title: `批准并启动“${campaign.name}”？`, okText: '批准并启动', cancelText: '再核对一下',
    content: `批准后在 ${campaign.units.length} 个${called}同时启动，政策包固定为 ${packOf(campaign)}，不能撤回；之后的变动须作延期、改期或中止并记明理由。`,
    onOk: () => approve.send({ params: { campaignId: campaign.campaignId } }),
  });
  if (approve.answer) return <p className="zj-note" role="status">已批准，各{called}即将启动。<Link to={`/campaigns/${campaign.campaignId}`}>行动全景</Link></p>;
  return (
    <>
      {holder}
      <details><summary>政策包校核结果（{campaign.findings.length} 项）</summary><PackFindings campaign={campaign} /></details>
      {approve.problem ? <ProblemNote error={approve.problem} again={ask} /> : null}
      {own ? <p className="zj-partial">行动由您拟定，须由另一人批准。请对方登录后打开“专项行动”列表中的本行动。</p> : null}
      {blocked ? <p className="zj-partial">校核有错误，须先由政策包编写人员更正，才能批准。</p> : null}
      <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={blocked || own || approve.pending} onClick={ask}>批准</button></p>
    </>
  );
}
