import { Popover } from 'antd';
import { Quotes, usePack, packParts, PackOnPage } from './ClauseNote.js';
import { useContext, useState } from 'react';
import { ProblemNote } from './ProblemNote.js';
import { useAnswer } from './use-answer.js';
import { ruleLine, verdictWord, type Titled } from './verdict-words.js';

interface Labelled extends Titled { decisions?: Record<string, { name?: string; inputs?: { label: string; expression?: string; name?: string }[]; rules?: { id: string }[] } | undefined> }

function Why({ decision, inputs }: { decision: string; inputs: Readonly<Record<string, unknown>> }) {
  const pack = useContext(PackOnPage);
  const known = (usePack().data as Labelled | undefined) ?? {};
  const table = known.decisions?.[decision];
  const said = (value: unknown): string => verdictWord(known, decision, value);
  const parts = packParts(pack);
  const asked = useAnswer('explainDecision', parts ? { params: { ...parts, decision }, query: { inputs: JSON.stringify(inputs) } } : {}, { enabled: parts !== null });
  if (asked.isError) return <ProblemNote error={asked.error} again={() => void asked.refetch()} reading="判定依据" />;
  if (!asked.data) return <p>正在读取……</p>;
  const { determined, value, reason, rule, clauses, inputs: used } = asked.data;
  const labelOf = (name: string): string => table?.inputs?.find(({ expression, name: own }) => expression === name || own === name)?.label ?? name;
  return (
    <div className="zj-clauses">
      <p>{table?.name ?? decision}：<strong>{determined ? said(value) : '待核实'}</strong>{reason ? `（${reason}）` : ''}</p>
      <dl className="zj-inputs">{Object.entries(used).map(([name, it]) => <div key={name}><dt>{labelOf(name)}</dt><dd>{said(it)}</dd></div>)}</dl>
      <p>{rule ? ruleLine(table?.rules ?? [], rule) : '没有规则可以适用'}</p>
      <Quotes ids={clauses.map(({ id }) => id)} />
    </div>
  );
}

/** The mark beside a verdict: what it was decided with, which rule of the pack's table it met, and the sentence behind it. */
export function DecisionNote({ decision, inputs }: { decision: string; inputs: Readonly<Record<string, unknown>> }) {
  const [open, setOpen] = useState(false);
  const known = (usePack().data as Labelled | undefined)?.decisions?.[decision];
  if (!known) return null;
  return (
    <Popover trigger="click" title="如何判定" open={open} onOpenChange={setOpen} content={open ? <Why decision={decision} inputs={inputs} /> : null}>
      <button type="button" className="zj-clause" aria-label={`如何判定：${known.name ?? decision}`}>如何判定</button>
    </Popover>
  );
}
