import { count, Facts, Part } from '@zhijian/web';
import { useEffect, useRef } from 'react';
import { asksVolumes, bodyOf, type Draft, type Subject, type VolumeWords } from './report.js';

/** Everything once more before it is sent. */
export function CheckAnswers({ draft, subject, onBehalf, words }: { draft: Draft; subject: Subject; onBehalf: boolean; words: VolumeWords }) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0 });
    top.current?.focus();
  }, []);
  const { items } = bodyOf(draft, subject, onBehalf);
  const areaOf = (id: string | null | undefined) => subject.checklist.find((area) => area.id === id)?.title ?? '';
  return (
    <div ref={top} tabIndex={-1}>
      <Part title="核对自查报告" note="报送后形成一份带编号的报告；需要更正时可以重报，前一份仍保留。">
        <Facts of={[
          ['机构', subject.name], ...(asksVolumes(subject) ? [[words.employers, count(Number(draft.employers))] as const, [words.workers, count(Number(draft.workers))] as const] : []), ['用印岗位', draft.sealedBy],
          ...(onBehalf ? [['收到日期', draft.receivedOn ?? '—'] as const, ['代录理由', draft.reason] as const] : []),
        ]} />
        {items.length ? (
          <ol className="checked-items">{items.map(({ source, text, correctedOn, correctBy, checklistItem }, index) => (
            <li key={index}><strong>{text}</strong><br /><span className="zj-soft">{source === 'self' ? areaOf(checklistItem) : '上年度质量考核通报'}</span>　{correctedOn ? `已于 ${correctedOn} 整改` : `整改期限 ${correctBy ?? ''}`}</li>
          ))}</ol>
        ) : <p><strong>{subject.checklist.length} 项内容均未发现问题。</strong></p>}
      </Part>
    </div>
  );
}
