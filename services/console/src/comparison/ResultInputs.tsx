import { Field, type FieldError } from '@zhijian/web';
import { decimalFault, type Measurand } from './comparison.js';

/** What is typed for each measurand, exactly as it is typed. */
export type Typed = Readonly<Record<string, { value: string; uncertainty: string }>>;
export interface Sent { measurand: string; value: string; uncertainty?: string }

const filled = (typed: Typed, { id }: Measurand): boolean => Boolean(typed[id]?.value.trim() || typed[id]?.uncertainty.trim());
/** Only what was filled in is sent; a measurand left empty is not reported. */
export const sentOf = (measurands: readonly Measurand[], typed: Typed): Sent[] => measurands.filter((it) => filled(typed, it)).map(({ id }) => ({ measurand: id, value: typed[id]!.value.trim(), ...(typed[id]!.uncertainty.trim() && { uncertainty: typed[id]!.uncertainty.trim() }) }));
/** Faults by the place in the list that is sent, as the service names them. */
export function typedFaults(measurands: readonly Measurand[], typed: Typed): FieldError[] {
  const sent = measurands.filter((it) => filled(typed, it));
  if (sent.length === 0) return [{ path: '/results', message: '请至少填写一个项目的结果' }];
  return sent.flatMap(({ id, title, places, needsUncertainty }, at) => {
    const [value, uncertainty] = [typed[id]!.value.trim(), typed[id]!.uncertainty.trim()];
    const [wrong, unsure] = [decimalFault(value, places), uncertainty ? decimalFault(uncertainty, 6) : needsUncertainty ? '须填写不确定度' : null];
    return [...(wrong ? [{ path: `/results/${at}/value`, message: `“${title}”${wrong}` }] : []), ...(unsure ? [{ path: `/results/${at}/uncertainty`, message: `“${title}”${unsure}` }] : [])];
  });
}

/** One line for each measurand: result and, where the score asks for it, uncertainty. */
export function ResultInputs({ measurands, typed, put }: { measurands: readonly Measurand[]; typed: Typed; put: (next: Typed) => void }) {
  const order = sentOf(measurands, typed).map(({ measurand }) => measurand);
  const set = (id: string, field: 'value' | 'uncertainty', text: string) => put({ ...typed, [id]: { value: typed[id]?.value ?? '', uncertainty: typed[id]?.uncertainty ?? '', [field]: text } });
  return (
    <div>
      {measurands.map((it) => {
        const at = order.indexOf(it.id);
        const pointer = at < 0 ? `/unsent/${it.id}` : `/results/${at}`;
        return (
          <div className="zj-row" key={it.id}>
            <Field pointer={`${pointer}/value`} label={`${it.title}（${it.unit}）`} hint={`至多 ${it.places} 位小数${it.optional ? '；可不参加' : ''}`}>{(field) => <input {...field} className="zj-input" inputMode="decimal" autoComplete="off" value={typed[it.id]?.value ?? ''} onChange={(event) => set(it.id, 'value', event.target.value)} />}</Field>
            {it.needsUncertainty ? <Field pointer={`${pointer}/uncertainty`} label={`${it.title}的不确定度`} hint={it.score === 'en' ? '扩展不确定度' : '标准不确定度'}>{(field) => <input {...field} className="zj-input" inputMode="decimal" autoComplete="off" value={typed[it.id]?.uncertainty ?? ''} onChange={(event) => set(it.id, 'uncertainty', event.target.value)} />}</Field> : null}
          </div>
        );
      })}
    </div>
  );
}
