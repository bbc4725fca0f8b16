import { Chip, Facts, moment, type Answer } from '@zhijian/web';
import { daysOf, inputRows, kindWord, rulesOf, said } from './decision.js';

type Whole = Answer<'getDecision'>;

function Verdict({ whole: { certificate, recomputed } }: { whole: Whole }) {
  const again = certificate.basis === 'person' ? <Chip tone="info">由经办人裁量</Chip> : recomputed === null ? <Chip tone="wait">沿用原定</Chip> : recomputed.same ? <Chip tone="good">重新计算相同</Chip> : <Chip tone="bad">重新计算不同</Chip>;
  return <p><strong>{certificate.determined ? said(certificate.outcome) : '待核实'}</strong>{certificate.reason ? `（${certificate.reason}）` : ''}　{again}</p>;
}

function Rule({ whole: { certificate, ruleText, hits } }: { whole: Whole }) {
  const rules = rulesOf(ruleText);
  const days = daysOf(ruleText);
  return (
    <>
      {certificate.rule ? <p>规则 <code>{certificate.rule.name}</code>{rules.length ? `，共 ${rules.length} 条；${hits.length ? `适用 ${hits.join('、')}` : '没有一条适用'}` : ''}</p> : null}
      {days.length ? <><p>查阅的日子（{days.length}）</p><ol className="zj-counted">{days.map(({ on, working, firm, notice }) => <li key={on}>{on} {working ? '工作日' : '休息日'}{firm ? '' : '（暂定）'}{notice ? <span className="zj-soft">　{notice}</span> : null}</li>)}</ol></> : null}
    </>
  );
}

/** A decision and all it rests on: what was put in, the rule, the words of the clauses, versions, who and when. */
export function CertificateView({ whole }: { whole: Whole }) {
  const { certificate, ruleText, entry } = whole;
  const { pack, calendar, actor, at, workflow, clauses, id, sha256 } = certificate;
  return (
    <>
      <div className="zj-clauses"><Verdict whole={whole} /></div>
      <dl className="zj-inputs">{inputRows(certificate.inputs, ruleText).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <Rule whole={whole} />
      <dl className="zj-clauses">{clauses.map(({ id: clause, quote }) => <div key={clause}><dt>{clause}</dt><dd>{quote || '（文件外的依据）'}</dd></div>)}</dl>
      <Facts of={[
        ['种类', kindWord(certificate.kind)], ['政策包', pack ? `${pack.id}@${pack.version}` : '不涉及'], ['节假日安排', calendar ?? '不涉及'], ['经办', actor], ['时间', moment(at)], ...(workflow ? [['流程', workflow.id] as const] : []),
        ['涉及', certificate.about.length ? `${certificate.about.length} 个对象` : '仅本对象'], ['凭证编号', id], ['摘要', <code key="h">{sha256.slice(0, 16)}…</code>], ['日志条目', entry ?? '无'],
      ]} />
    </>
  );
}
