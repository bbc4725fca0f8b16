import { Popover } from 'antd';
import { createContext, useContext } from 'react';
import { clauseWords, type PackClauses } from './clause-words.js';
import { useAnswer } from './use-answer.js';

/** The pack that the page stands on: `place/plan@version`. */
export const PackOnPage = createContext<string | null>(null);

/** `place/plan@version`, or the name and the version apart, as the three parts of the address. */
export function packParts(pack: string | null): { place: string; plan: string; version: number } | null {
  const match = /^([^/@]+)\/([^/@]+)@(\d+)$/.exec(pack ?? '');
  return match ? { place: match[1] ?? '', plan: match[2] ?? '', version: Number(match[3]) } : null;
}

/** The pack the page stands on, with its clauses, forms and parameters. */
export function usePack(named?: string | null) {
  const around = useContext(PackOnPage);
  const parts = packParts(named ?? around);
  return useAnswer('getPack', parts ? { params: parts } : {}, { enabled: parts !== null });
}

/** The sentences of these clauses, as the pack on the page and the law behind it have them. */
export function Quotes({ ids }: { ids: readonly string[] }) {
  const pack = usePack();
  const known: PackClauses = (pack.data as PackClauses | undefined) ?? {};
  return (
    <dl className="zj-clauses">
      {ids.map((id) => <div key={id}><dt>{id}</dt><dd>{clauseWords(known, id) ?? (pack.isPending ? '正在读取条款……' : '暂时取不到条款原文，可凭编号查阅文件。')}</dd></div>)}
    </dl>
  );
}

/** The mark beside a date, a number or a verdict that opens the sentence it rests on. */
export function ClauseNote({ ids }: { ids: readonly string[] }) {
  if (!ids.length) return null;
  return (
    <Popover trigger="click" title="依据" content={<Quotes ids={ids} />}>
      <button type="button" className="zj-clause" aria-label={`依据 ${ids.join('、')}`}>依据</button>
    </Popover>
  );
}
