import { Chip, ClauseNote } from '@zhijian/web';
import { undeterminedWords, type IndicatorSet, type Outcome } from './evaluation.js';

/** What the sheet comes to so far; it stays in sight while the items are filled in. */
export function Total({ outcome, set, served }: { outcome: Outcome; set: IndicatorSet; served: boolean }) {
  if (!served) return <aside className="evaluation-total" aria-live="polite"><p>当年未开展服务：没有评分。</p></aside>;
  const nameOf = (id: string): string => { const item = set.items.find((one) => one.id === id); return item ? `${item.number ?? item.id} ${item.text}` : id; };
  const { score, before, earned, missing, failed, caps, undetermined, faults } = outcome;
  return (
    <aside className="evaluation-total" aria-live="polite" aria-label="合计">
      <p>{score !== null ? <>总分 <strong>{score}</strong> / {set.total}</> : <>已得 <strong>{earned}</strong> / {set.total}</>}<ClauseNote ids={set.clauses} /></p>
      {before !== null && before !== score ? <p className="zj-soft">限制前 {before} 分</p> : null}
      {missing.length ? <p><Chip tone="wait">还缺 {missing.length} 项</Chip></p> : null}
      {faults.length ? <p><Chip tone="warn">{faults.length} 处填写有误</Chip></p> : null}
      {failed.map((id) => <p key={id}><Chip tone="bad">关键项不合格</Chip> {nameOf(id)}</p>)}
      {caps.map((id) => { const cap = set.caps.find((one) => one.id === id); return cap ? <p key={id}><Chip tone="warn">总分最多 {cap.most} 分</Chip> {cap.text}</p> : null; })}
      {undetermined ? <p><Chip tone="warn">{undeterminedWords[undetermined]}</Chip></p> : null}
    </aside>
  );
}
