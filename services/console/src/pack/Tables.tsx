import { cellWords, ClauseNote, findingWords, institutionWords } from '@zhijian/web';
import { hitPolicyWords, valueLine, type DecisionTable, type Pack } from './pack.js';
import { Try } from './Try.js';

/** A cell in words where it only names values; a condition stands as the pack has it. What the pack says letter for letter is shown when it is pointed at. */
function Cell({ pack, table, cell }: { pack: Pack; table: DecisionTable; cell: string }) {
  const words = cellWords(pack, table.id, cell);
  return words === null ? <code>{cell}</code> : <span title={cell}>{words}</span>;
}

/** An output that the pack only names for the engine is what the table concludes. */
const outputWord = (label = ''): string => (/\p{Script=Han}/u.test(label) ? label : '结论');

function Decision({ pack, table }: { pack: Pack; table: DecisionTable }) {
  return (
    <section className="pack-decision" id={`decision-${table.id}`}>
      <h3>{table.name} <span className="zj-soft">{hitPolicyWords[table.hitPolicy] ?? table.hitPolicy}</span></h3>
      <table className="zj-table">
        <caption className="zj-hidden">{table.name}</caption>
        <thead><tr><th scope="col">规则</th>{table.inputs.map(({ label }) => <th key={label} scope="col">{label}</th>)}{table.outputs.map(({ label }) => <th key={label} scope="col" className="pack-output">{outputWord(label)}</th>)}<th scope="col">依据</th></tr></thead>
        <tbody>
          {table.rules.map((rule, line) => (
            <tr key={rule.id}>
              <td data-title="规则" title={rule.id}>第 {line + 1} 条</td>
              {rule.when.map((cell, index) => <td key={index} data-title={table.inputs[index]?.label}><Cell pack={pack} table={table} cell={cell} /></td>)}
              {rule.then.map((cell, index) => <td key={index} data-title={outputWord(table.outputs[index]?.label)} className="pack-output"><Cell pack={pack} table={table} cell={cell} /></td>)}
              <td data-title="依据">{rule.because}<ClauseNote ids={rule.clauses} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <Try pack={pack} table={table} />
    </section>
  );
}

/** The decision tables; each can be tried. */
export const Decisions = ({ pack, tables }: { pack: Pack; tables: readonly DecisionTable[] }) => <>{tables.map((table) => <Decision key={table.id} pack={pack} table={table} />)}</>;

/** Values that are no stage and no table, by section. */
export function Values({ rows, names }: { rows: readonly { key: string; title: string; value: unknown; clauses: readonly string[] }[]; names: Readonly<Record<string, string>> }) {
  return (
    <table className="zj-table">
      <caption className="zj-hidden">数值</caption>
      <thead><tr><th scope="col">名称</th><th scope="col">取值</th><th scope="col">依据</th></tr></thead>
      <tbody>{rows.map(({ key, title, value, clauses }) => <tr key={key}><td data-title="名称">{title}</td><td data-title="取值">{valueLine(value, { ...findingWords, ...institutionWords, ...names })}</td><td data-title="依据"><ClauseNote ids={clauses} /></td></tr>)}</tbody>
    </table>
  );
}
