import { Chip, Field, FieldGroup } from '@zhijian/web';
import { pointerOf, type Indicator, type Outcome, type Typed } from './evaluation.js';

interface RowProps { item: Indicator; typed: Typed; scored: Outcome['items'][number] | undefined; readOnly: boolean; put: (more: Partial<Typed>) => void }

/** How often each ground for deducting was found: each in its own field, with what it costs. */
function Deductions({ item, typed, readOnly, put }: RowProps) {
  return (
    <table className="evaluation-deductions">
      <caption className="zj-hidden">{item.text}的扣分情形</caption>
      <thead><tr><th scope="col">扣分情形</th><th scope="col" className="zj-number">每次扣</th><th scope="col">次数</th></tr></thead>
      <tbody>{item.deductions.map(({ id, text, points, most, failsKey }) => (
        <tr key={id}><td>{text}{failsKey ? <span className="zj-soft">　出现一次即不合格</span> : null}</td><td className="zj-number">{points} 分{most ? <span className="zj-soft">　最多 {most} 分</span> : null}</td>
          <td><Field pointer={pointerOf(item.id, `counts/${id}`)} label={<span className="zj-hidden">{text}的次数</span>}>{(field) => <input {...field} className="zj-input evaluation-count" inputMode="numeric" maxLength={6} disabled={readOnly} value={typed.counts[id] ?? ''} placeholder="0" onChange={(event) => put({ counts: { ...typed.counts, [id]: event.target.value } })} />}</Field></td></tr>
      ))}</tbody>
    </table>
  );
}

/** One indicator: its score or its deductions, whether it applies, whether a key item passed. */
export function ItemRow(props: RowProps) {
  const { item, typed, scored, readOnly, put } = props;
  const legend = <>{item.number ?? item.id}　{item.text}<span className="zj-soft">　{item.points} 分{item.weight ? `，权重 ${item.weight}%` : ''}</span>{item.key ? <Chip tone={scored?.failed ? 'bad' : 'info'}>{scored?.failed ? '关键项不合格' : '关键项'}</Chip> : null}</>;
  return (
    <FieldGroup pointer={`/entries/${item.id}`} label={legend} hint={item.failsBelow ? `低于 ${item.failsBelow} 分为不合格。` : undefined}>
      {item.mayNotApply ? <Field pointer={pointerOf(item.id, 'notApplicable')} label="不适用">{(field) => <input {...field} type="checkbox" className="evaluation-check" disabled={readOnly} checked={typed.notApplicable} onChange={(event) => put({ notApplicable: event.target.checked })} />}</Field> : null}
      {typed.notApplicable ? null : (
        <>
          {item.deductions.length && !typed.byScore ? <Deductions {...props} /> : <Field pointer={pointerOf(item.id, 'score')} label="得分">{(field) => <input {...field} className="zj-input evaluation-score" inputMode="decimal" maxLength={20} disabled={readOnly} value={typed.score} onChange={(event) => put({ score: event.target.value })} />}</Field>}
          {item.deductions.length && !readOnly ? <p><button type="button" className="zj-link" onClick={() => put({ byScore: !typed.byScore })}>{typed.byScore ? '改为按扣分情形填写' : '改为直接填写得分'}</button></p> : null}
          {item.key ? <Field pointer={pointerOf(item.id, 'failed')} label="关键项判定">{(field) => <select {...field} className="zj-input" disabled={readOnly} value={typed.failed} onChange={(event) => put({ failed: event.target.value as Typed['failed'] })}><option value="">{item.failsBelow ? '按得分' : '请判定'}</option><option value="false">合格</option><option value="true">不合格</option></select>}</Field> : null}
        </>
      )}
      <Field pointer={pointerOf(item.id, 'note')} label="说明" wide>{(field) => <input {...field} className="zj-input" maxLength={500} disabled={readOnly} value={typed.note} onChange={(event) => put({ note: event.target.value })} />}</Field>
      <p className="evaluation-earned" aria-live="polite">{typed.notApplicable ? '不适用' : scored?.score ? <>得 <strong>{scored.score}</strong> 分</> : <span className="zj-soft">未填完</span>}</p>
    </FieldGroup>
  );
}
