import { useState } from 'react';
import { ProblemError } from './call.js';
import { signIn } from './call.js';
import { StepUp } from './StepUp.js';

interface Advice { safe: string; next: string }

const adviceFor = (problem: ProblemError, kept: string): Advice => {
  if (problem.status === 0) return { safe: `已保存的数据不受影响${kept}。`, next: '请检查网络后重试。同一份内容重复提交只会记一次。' };
  if (problem.problem.code === 'step-up-needed') return { safe: `没有作任何改动${kept}。`, next: '确认身份后可以继续。' };
  if (problem.status === 403) return { safe: '没有作任何改动。', next: problem.problem.detail ? '' : '如因工作需要，请向所在辖区的安全管理员申请相应任命。' };
  if (problem.status === 404) return { safe: '没有作任何改动。', next: '请核对地址，或从左侧菜单重新进入。' };
  if (problem.status === 412) return { safe: `没有作任何改动${kept}。`, next: '请先载入最新内容，再核对后重新保存。' };
  if (problem.status >= 500) return { safe: `已保存的数据不受影响${kept}。`, next: '请稍后重试；如仍不成功，请把下面的编号告知运维人员。' };
  return { safe: `没有作任何改动${kept}。`, next: '请按提示更正后重新提交。' };
};

function Reference({ reference }: { reference: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(reference).then(() => setCopied(true));
  return (
    <p className="zj-reference">编号 <code>{reference}</code>
      <button type="button" className="zj-link" onClick={copy}>{copied ? '已复制' : '复制'}</button>
    </p>
  );
}

/** What happened, what is safe, what to do, and the reference to quote. `reading` names what could not be read; without it a form stands around. */
export function ProblemNote({ error, again, againLabel = '重试', reading }: { error: unknown; again?: (() => void) | undefined; againLabel?: string; reading?: string }) {
  const problem = error instanceof ProblemError ? error : new ProblemError({ type: 'about:blank', title: '本页出现错误', status: 500, code: 'page', clauses: [], errors: [], reference: '' });
  const { safe, next } = adviceFor(problem, reading ? '' : '；您填写的内容仍在本页');
  const { title, detail, clauses, reference } = problem.problem;
  return (
    <section className="zj-problem" role="alert">
      <h2>{reading ? `未能取得${reading}：${title}` : title}</h2>
      {detail ? <p>{detail}</p> : null}
      {clauses.length ? <p>依据：{clauses.join('、')}</p> : null}
      <p>{safe}{next}</p>
      <p className="zj-actions">
        {again && problem.problem.code !== 'step-up-needed' ? <button type="button" className="zj-button" onClick={again}>{againLabel}</button> : null}
        {problem.status === 401 ? <button type="button" className="zj-button" onClick={signIn}>去登录</button> : null}
      </p>
      {problem.problem.code === 'step-up-needed' ? <StepUp again={again} /> : null}
      {reference ? <Reference reference={reference} /> : null}
    </section>
  );
}
