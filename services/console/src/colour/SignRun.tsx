import { Modal } from 'antd';
import { ProblemNote, useSubmission } from '@zhijian/web';
import { useIs, useSession } from '../app/session.js';
import type { RunDetail } from './colour.js';

/** The preview computed anew, and the signature of another person than who stands behind it. */
export function SignRun({ run, reload }: { run: RunDetail; reload: () => void }) {
  const { me } = useSession();
  const mayPropose = useIs('province', 'city', 'county', 'quality-centre');
  const maySign = useIs('province', 'city', 'county', 'approver');
  const propose = useSubmission('proposeColours');
  const sign = useSubmission('signColours');
  const [modal, holder] = Modal.useModal();
  const { runId, digest, author, year, counts: { toSign, undetermined, changed } } = run;
  const own = author === me.id;
  const send = async () => { if (await sign.send({ params: { runId }, body: { digest: digest ?? '' } })) reload(); };
  const ask = () => void modal.confirm({
    title: `签发 ${year} 年度 ${toSign} 家机构的颜色？`, okText: '签发', cancelText: '再核对一下', onOk: send,
    content: `签发后由公示岗位公示，公示期满方能公开。待核实的 ${undetermined} 家不在其内，核实以后另行补签。签发以后评分或比对结果有变动的，须按更正办理。`,
  });
  return (
    <>
      {holder}
      {propose.problem ? <ProblemNote error={propose.problem} /> : null}
      {sign.problem ? <ProblemNote error={sign.problem} again={() => void send()} /> : null}
      {changed > 0 ? <p className="zj-partial">有 {changed} 家机构在签发以后评分或比对结果有变动，颜色没有随之改变，须按更正办理。</p> : null}
      {maySign && own && toSign > 0 ? <p className="zj-partial">这次{run.signedAt ? '补签由您提出' : '赋色由您启动'}，须由另一人签发。</p> : null}
      {toSign === 0 ? <p className="zj-soft">没有已确定而未签发的机构。</p> : null}
      <p className="zj-actions">
        {mayPropose ? <button type="button" className="zj-button" disabled={propose.pending} onClick={() => void propose.send({ params: { runId } }).then((made) => { if (made) reload(); })}>重新预览</button> : null}
        {maySign ? <button type="button" className="zj-button zj-primary" disabled={own || toSign === 0 || digest === null || sign.pending} onClick={ask}>签发（{toSign} 家）</button> : null}
      </p>
    </>
  );
}
