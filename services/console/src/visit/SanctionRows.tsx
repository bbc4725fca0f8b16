import { Field, FieldGroup, sanctionWords } from '@zhijian/web';
import { hasAmount, type SanctionRow } from './sanction.js';

const kinds = Object.keys(sanctionWords) as SanctionRow['kind'][];

/** Sanctions, one below the other; money in ten thousand yuan. */
export function SanctionRows({ rows, change }: { rows: readonly SanctionRow[]; change: (rows: readonly SanctionRow[]) => void }) {
  const put = (index: number, more: Partial<SanctionRow>) => change(rows.map((row, at) => (at === index ? { ...row, ...more } : row)));
  return rows.map(({ kind, amount }, index) => (
    <FieldGroup key={index} pointer={`/sanctions/${index}`} label={`处理结果 ${index + 1}`}>
      <div className="zj-row">
        <Field pointer={`/sanctions/${index}/kind`} label="种类">{(field) => <select {...field} className="zj-input" value={kind} onChange={(event) => put(index, { kind: event.target.value as SanctionRow['kind'] })}>{kinds.map((it) => <option key={it} value={it}>{sanctionWords[it]}</option>)}</select>}</Field>
        {hasAmount(kind) ? <Field pointer={`/sanctions/${index}/fen`} label="金额（万元）">{(field) => <input {...field} className="zj-input zj-date" inputMode="decimal" value={amount} onChange={(event) => put(index, { amount: event.target.value })} />}</Field> : null}
        {rows.length > 1 ? <button type="button" className="zj-link" onClick={() => change(rows.filter((_, at) => at !== index))}>删除</button> : null}
      </div>
    </FieldGroup>
  ));
}

export const AddSanction = ({ rows, change }: { rows: readonly SanctionRow[]; change: (rows: readonly SanctionRow[]) => void }) => <button type="button" className="zj-button" onClick={() => change([...rows, { kind: 'fine', amount: '' }])}>再加一种处罚</button>;
