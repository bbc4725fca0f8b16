import { Chip, DecisionNote, Field, FieldGroup, outcomeWords, Part, ClauseNote, type Tone } from '@zhijian/web';
import { notYetDue, remedyWords, type Visit } from './visit.js';

export interface Verdict { corrected: boolean | null; note: string }
export type Verdicts = Record<string, Verdict>;
const tones: Record<string, Tone> = { corrected: 'good', uncorrected: 'bad', 'not-yet-due': 'wait', undetermined: 'warn' };
const choices = [[true, '已整改'], [false, '未整改']] as const;

function Item({ item, index, visitOn, verdict, onChange }: { item: Visit['verifications'][number]; index: number; visitOn: string; verdict: Verdict; onChange: (verdict: Verdict) => void }) {
  const early = notYetDue(item, visitOn);
  return (
    <FieldGroup pointer={`/verifications/${index}`} label={<>{item.text}<ClauseNote ids={item.clauses} /></>} hint={`${remedyWords(item)}${early ? '，检查时尚未到期：未整改不算逾期' : ''}`}>
      <div className="zj-choices big-choices">
        {choices.map(([value, word]) => <label key={word}><input type="radio" name={item.itemId} checked={verdict.corrected === value} onChange={() => onChange({ ...verdict, corrected: value })} />{word}</label>)}
        <label><input type="radio" name={item.itemId} checked={verdict.corrected === null} onChange={() => onChange({ ...verdict, corrected: null })} />未核实</label>
      </div>
      <Field pointer={`/verifications/${index}/note`} label="核实情况（可不填）" wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={verdict.note} onChange={(event) => onChange({ ...verdict, note: event.target.value })} />}</Field>
    </FieldGroup>
  );
}

/** The problems of the self-check, verified on the spot. */
export function Verifications({ visit, verdicts, onChange }: { visit: Visit; verdicts: Verdicts; onChange: (verdicts: Verdicts) => void }) {
  return (
    <Part title="核实自查问题的整改">
      {visit.verifications.length ? visit.verifications.map((item, index) => (visit.state === 'recorded' ? (
        <p key={item.itemId} className="duty-line"><span>{item.text}<ClauseNote ids={item.clauses} />{item.note ? <span className="zj-soft">　{item.note}</span> : null}</span><span>{remedyWords(item)}</span><span><Chip tone={tones[item.outcome ?? 'undetermined'] ?? 'warn'}>{outcomeWords[item.outcome ?? 'undetermined']}</Chip><DecisionNote decision="item-verification" inputs={{ corrected: item.corrected, dueBeforeVisit: item.acceptedBy === null ? null : item.acceptedBy < visit.visitOn }} /></span></p>
      ) : <Item key={item.itemId} item={item} index={index} visitOn={visit.visitOn} verdict={verdicts[item.itemId] ?? { corrected: null, note: '' }} onChange={(it) => onChange({ ...verdicts, [item.itemId]: it })} />))
        : <p>没有需要核实的自查问题。</p>}
    </Part>
  );
}
