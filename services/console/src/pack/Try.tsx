import { Chip, ClauseNote, ProblemNote, ruleLine, useAnswer, verdictWord } from '@zhijian/web';
import { useState } from 'react';
import type { DecisionTable, Pack } from './pack.js';

/** Numbers and true/false as such, anything else as a word; nothing typed is a missing input. */
function read(text: string): unknown {
  const typed = text.trim();
  if (typed === '是' || typed === 'true') return true;
  if (typed === '否' || typed === 'false') return false;
  return typed !== '' && !Number.isNaN(Number(typed)) ? Number(typed) : typed;
}

/** Asks what a table decides for the inputs typed, and why; what cannot be decided says what is missing. */
export function Try({ pack, table }: { pack: Pack; table: DecisionTable }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState<string | null>(null);
  const [place = '', plan = ''] = pack.id.split('/');
  const answer = useAnswer('explainDecision', { params: { place, plan, version: pack.version, decision: table.id }, query: { inputs: asked ?? '{}' } }, { enabled: asked !== null });
  const ask = () => setAsked(JSON.stringify(Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim()).map(([key, text]) => [key, read(text)]))));
  const said = answer.data;
  return (
    <details className="pack-try">
      <summary>试算</summary>
      <form className="zj-row" onSubmit={(event) => { event.preventDefault(); ask(); }}>
        {table.inputs.map(({ label, expression = '', allowed }) => (
          <label key={expression} className="zj-field">{label}
            <input className="zj-input" value={typed[expression] ?? ''} placeholder={allowed?.replaceAll('"', '') ?? ''} onChange={(event) => setTyped({ ...typed, [expression]: event.target.value })} />
          </label>
        ))}
        <button type="submit" className="zj-button">试算</button>
      </form>
      {answer.isError ? <ProblemNote error={answer.error} again={() => void answer.refetch()} reading="试算结果" /> : null}
      {said ? (
        <p role="status">
          {said.determined ? <Chip tone="good">{verdictWord(pack, table.id, said.value)}</Chip> : <Chip tone="warn">待核实</Chip>} {said.reason ?? ''}{said.rule ? `（${ruleLine(table.rules, said.rule)}）` : ''}
          <ClauseNote ids={said.clauses.map(({ id }) => id)} />
        </p>
      ) : null}
    </details>
  );
}
