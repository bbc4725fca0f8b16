import { ClauseNote } from '@zhijian/web';
import { hitPolicyWords, valueLine, type DecisionTable, type Pack } from './pack.js';
import { Try } from './Try.js';

function Decision({ pack, table }: { pack: Pack; table: DecisionTable }) {
  return (
    <section className="pack-decision" id={`decision-${table.id}`}>
      <h3>{table.name} <span className="zj-soft">{hitPolicyWords[table.hitPolicy] ?? table.hitPolicy}</span></h3>
      <table className="zj-table">
        <caption className="zj-hidden">{table.name}</caption>
        <thead><tr><th scope="col">规则</th>{table.inputs.map(({ label }) => <th key={label} scope="col">{label}</th>)}{table.outputs.map(({ label }) => <th key={label} scope="col" className="pack-output">{label}</th>)}<th scope="col">依据</th></tr></thead>
        <tbody>
          {table.rules.map((rule) => (
            <tr key={rule.id}>
              <td data-title="规则">{rule.id}</td>
              {rule.when.map((cell, index) => <td key={index} data-title={table.inputs[index]?.label}><code>{cell}</code></td>)}
              {rule.then.map((cell, index) => <td key={index} data-title={table.outputs[index]?.label} className="pack-output"><code>{cell}</code></td>)}
              <td data-title="依据">{rule.because}<ClauseNote ids={rule.clauses} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <Try pack={pack} table={table} />
    </section>
  );
}

/** The decision tables, cells as printed in the pack; each can be tried. */
export const Decisions = ({ pack, tables }: { pack: Pack; tables: readonly DecisionTable[] }) => <>{tables.map((table) => <Decision key={table.id} pack={pack} table={table} />)}</>;

/** Values that are no stage and no table, by section. */
export function Values({ rows }: { rows: readonly { key: string; title: string; value: unknown; clauses: readonly string[] }[] }) {
  return (
    <table className="zj-table">
      <caption className="zj-hidden">数值</caption>
      <thead><tr><th scope="col">名称</th><th scope="col">取值</th><th scope="col">依据</th></tr></thead>
      <tbody>{rows.map(({ key, title, value, clauses }) => <tr key={key}><td data-title="名称">{title}</td><td data-title="取值">{valueLine(value)}</td><td data-title="依据"><ClauseNote ids={clauses} /></td></tr>)}</tbody>
    </table>
  );
}
