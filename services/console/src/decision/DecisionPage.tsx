import { Page, Part, Shown, useAnswer } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { CertificateView } from './CertificateView.js';
import { kindWord, type Room } from './decision.js';

/** One certificate on a page of its own, with the rule's full text as an evaluator reads it. */
export function DecisionPage() {
  const { room = 'inspection', id = '' } = useParams();
  const whole = useAnswer('getDecision', { params: { id }, query: { room: room as Room } });
  return (
    <Shown of={whole} what="决定凭证">
      {(data) => (
        <Page title={`决定凭证：${kindWord(data.certificate.kind)}`} trail={<Link to={`/decisions?${new URLSearchParams({ room, subject: data.certificate.subject }).toString()}`}>决定凭证</Link>} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
          <Part title="结果与依据"><CertificateView whole={data} /></Part>
          {data.ruleText === null ? null : <Part title="规则全文" note="与输入一起即可重新计算，算法见凭证格式说明。"><pre className="zj-clauses">{JSON.stringify(data.ruleText, null, 1)}</pre></Part>}
        </Page>
      )}
    </Shown>
  );
}
