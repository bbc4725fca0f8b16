import { DateInput, Field, FieldGroup } from '@zhijian/web';
import { useToday } from '../app/session.js';
import type { Remedy } from './report.js';

/** Corrected at once, with its day; or to be corrected by a day. */
export function RemedyInput({ pointer, remedy, onChange, label }: { pointer: string; remedy: Remedy; onChange: (remedy: Remedy) => void; label: string }) {
  const today = useToday();
  const choose = (corrected: boolean) => onChange({ corrected, on: corrected === remedy.corrected ? remedy.on : corrected ? today || null : null });
  return (
    <FieldGroup pointer={pointer} label={<span className="zj-hidden">{label}的整改情况</span>}>
      <div className="zj-row">
        <div className="zj-choices">
          <label><input type="radio" name={pointer} checked={remedy.corrected === true} onChange={() => choose(true)} />已立即整改</label>
          <label><input type="radio" name={pointer} checked={remedy.corrected === false} onChange={() => choose(false)} />限期整改</label>
        </div>
        {remedy.corrected === null ? null : (
          <Field pointer={`${pointer}/${remedy.corrected ? 'correctedOn' : 'correctBy'}`} label={remedy.corrected ? '完成日期' : '整改期限'}>
            {(field) => <DateInput {...field} today={today} value={remedy.on} onChange={(on) => onChange({ ...remedy, on })} />}
          </Field>
        )}
      </div>
    </FieldGroup>
  );
}
