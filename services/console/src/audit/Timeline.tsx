import { Facts, moment } from '@zhijian/web';
import { useState } from 'react';
import { actorWords, groupsOf, linesOf, type Line } from './audit.js';

function Detail({ line }: { line: Line }) {
  return (
    <div className="audit-detail" aria-live="polite">
      <h3>{line.step}</h3>
      <Facts of={[
        ['时间', moment(line.at)], ['结果', line.result || '—'], ['办理人', <span key="a" title={line.actor}>{actorWords(line.actor)}<br /><code className="zj-soft">{line.actor}</code></span>],
        ['规则', line.rule ? <code key="r">{line.rule}</code> : '—'], ['政策包', line.pack ? <code key="p">{line.pack}</code> : '—'], ['工作日历', line.calendar ? <code key="c">{line.calendar}</code> : '—'], ['历史事件', line.event ? `第 ${line.event} 号` : '流程之外的办理'],
      ]} />
      {line.clauses.length ? <dl className="audit-clauses">{line.clauses.map(({ id, quote }) => <div key={id}><dt>{id}</dt><dd>{quote ? `“${quote}”` : '（条款原文不在所用政策包内）'}</dd></div>)}</dl> : <p className="zj-hint">此步未引用条款。</p>}
    </div>
  );
}

/** The story as steps: on the left the list, on the right the step one stands at. */
export function Timeline({ lines }: { lines: readonly Line[] }) {
  const [group, setGroup] = useState('');
  const [at, setAt] = useState(0);
  const shown = linesOf(lines, group);
  const here = Math.min(at, shown.length - 1);
  const line = shown[here];
  const choose = (next: string) => { setGroup(next); setAt(0); };
  return (
    <div className="audit-timeline">
      <div className="zj-actions">
        <label>事件 <select value={group} onChange={(event) => choose(event.target.value)}><option value="">全部（{lines.length}）</option>{groupsOf(lines).map((one) => <option key={one} value={one}>{one}（{linesOf(lines, one).length}）</option>)}</select></label>
        <button type="button" className="zj-button" disabled={here <= 0} onClick={() => setAt(here - 1)}>◀ 上一步</button>
        <input type="range" aria-label="步骤" min={0} max={Math.max(0, shown.length - 1)} value={here} onChange={(event) => setAt(Number(event.target.value))} />
        <button type="button" className="zj-button" disabled={here >= shown.length - 1} onClick={() => setAt(here + 1)}>下一步 ▶</button>
        <span role="status">第 {here + 1} 步，共 {shown.length} 步</span>
      </div>
      <div className="audit-panes">
        <ol className="audit-steps" aria-label="经过">
          {shown.map((one, index) => (
            <li key={`${one.event} ${one.at} ${one.step} ${index}`}>
              <button type="button" aria-current={index === here ? 'step' : undefined} onClick={() => setAt(index)}><span className="zj-soft">{moment(one.at)}</span> <strong>{one.step}</strong> {one.result}</button>
            </li>
          ))}
        </ol>
        {line ? <Detail line={line} /> : null}
      </div>
    </div>
  );
}
