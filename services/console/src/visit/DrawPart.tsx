import { ClauseNote, Facts, Field, FormShell, moment, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { drawRecordOf, type Draw, type Visit } from './visit.js';

function save(draw: Draw): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(drawRecordOf(draw), null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: `draw-${draw.drawId}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What was drawn, and all that is needed to draw it again: seed, hash of the list, rule. */
function Drawn({ draw }: { draw: Draw }) {
  return (
    <>
      <p>从 {draw.pool.length} 份中抽取 {draw.size} 份<ClauseNote ids={draw.clauses} />：</p>
      <ol className="drawn">{draw.result.map((id) => <li key={id}><code>{id}</code></li>)}</ol>
      <Facts of={[['抽取时间', moment(draw.drawnAt)], ['算法', <code key="a">{draw.algorithm}</code>], ['种子', <code key="s">{draw.seed}</code>], ['清单摘要', <code key="h">{draw.poolSha256}</code>]]} />
      <p className="zj-actions"><button type="button" className="zj-button" onClick={() => save(draw)}>下载抽取记录</button><span className="zj-soft">任何人可凭记录复算：<code>npm run cli -- draw verify 文件</code></span></p>
    </>
  );
}

/** Draws archives at random from the registered list. */
export function DrawPart({ visit, reload, mayEdit }: { visit: Visit; reload: () => void; mayEdit: boolean }) {
  const [size, setSize] = useState(String(Math.min(visit.minimumSample, visit.archives?.length ?? visit.minimumSample)));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const draw = useSubmission('drawArchives');
  const submit = () => {
    const wrong = /^[1-9]\d{0,3}$/.test(size) ? [] : [{ path: '/size', message: '请填写抽取份数（正整数）' }];
    setErrors(wrong);
    if (!wrong.length) void draw.send({ params: { visitId: visit.visitId }, version: visit.version, body: { size: Number(size) } });
  };
  return (
    <Part title="随机抽取档案">
      {visit.draw ? <Drawn draw={visit.draw} /> : !mayEdit ? <p>未抽取档案。</p> : !visit.archives ? <p>登记档案清单后即可抽取。</p> : (
        <FormShell label="抽取档案" errors={errors} problem={draw.problem} onSubmit={submit} reload={reload}>
          <Field pointer="/size" label="抽取份数" hint={`不少于 ${visit.minimumSample} 份，不多于清单中的 ${visit.archives.length} 份；清单不足的，全部抽取。`}>{(field) => <input {...field} className="zj-input zj-date" inputMode="numeric" value={size} onChange={(event) => setSize(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary zj-tall" disabled={draw.pending}>抽取</button><span className="zj-soft">抽取一次为准，不能重抽。</span></p>
        </FormShell>
      )}
    </Part>
  );
}
