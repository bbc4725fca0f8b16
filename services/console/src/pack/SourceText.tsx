import { Empty, Shown, useAnswer } from '@zhijian/web';
import { useEffect, useMemo, useRef } from 'react';
import { stretches, type Pack } from './pack.js';

function Marked({ pack, text, chosen, choose }: { pack: Pack; text: string; chosen: string | null; choose: (clause: string | null) => void }) {
  const cut = useMemo(() => stretches(text, pack.clauses), [text, pack.clauses]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = box.current?.querySelector<HTMLElement>('mark[data-chosen]');
    if (mark && box.current) box.current.scrollTop = mark.offsetTop - 60; // the box is what the mark is placed in
  }, [chosen, cut]);
  return (
    <div ref={box} className="pack-source" tabIndex={0} role="region" aria-label="文件原文">
      {cut.map(({ text: words, clauses }, index) => (clauses.length === 0 ? <span key={index}>{words}</span> : (
        <mark key={index} title={clauses.join('、')} {...(chosen && clauses.includes(chosen) ? { 'data-chosen': true } : {})} onClick={() => choose(clauses[0] === chosen ? null : (clauses[0] ?? null))}>{words}</mark>
      )))}
    </div>
  );
}

/** The document with the sentences that clauses quote; a click chooses the clause. */
export function SourceText({ pack, chosen, choose }: { pack: Pack; chosen: string | null; choose: (clause: string | null) => void }) {
  const [place = '', plan = ''] = pack.id.split('/');
  const source = useAnswer('getPackSource', { params: { place, plan, version: pack.version } });
  return <Shown of={source} what="文件原文">{({ text }) => (text ? <Marked pack={pack} text={text} chosen={chosen} choose={choose} /> : <Empty>没有文件原文。</Empty>)}</Shown>;
}
