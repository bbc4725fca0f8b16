import { Chip, ClauseNote, Empty, severityWords, Shown, useAnswer, type Tone } from '@zhijian/web';
import { useState } from 'react';
import { othersThan, type Pack } from './pack.js';

const tones: Record<string, Tone> = { error: 'bad', warning: 'warn', info: 'info' };
const order = ['error', 'warning', 'info'];

/** What is contradictory, missing or awkward in the text: as printed, or with the pack's readings. */
export function CheckPart({ pack }: { pack: Pack }) {
  const [asPrinted, setAsPrinted] = useState(false);
  const [place = '', plan = ''] = pack.id.split('/');
  const [other, setOther] = useState('');
  const others = othersThan(pack, useAnswer('listPacks').data?.items ?? []);
  const check = useAnswer('checkPack', { params: { place, plan, version: pack.version }, query: { asPrinted: asPrinted ? 'true' : 'false', ...(other && { with: other }) } });
  return (
    <>
      <div className="zj-choices">
        <label><input type="radio" name="printed" checked={!asPrinted} onChange={() => setAsPrinted(false)} />按本包的理解</label>
        <label><input type="radio" name="printed" checked={asPrinted} onChange={() => setAsPrinted(true)} />按印发原文</label>
      </div>
      <label className="zj-field">与另一政策包一并校核
        <select className="zj-input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">不与其他政策包比较</option>{others.map(({ name, title }) => <option key={name} value={name}>{title}（{name}）</option>)}</select>
        <span className="zj-hint">另列出两者之间互相矛盾的规定。</span>
      </label>
      <Shown of={check} what="校核结果">
        {({ ok, findings, cases }) => (
          <>
            <p>{ok ? <Chip tone="good">可以启用</Chip> : <Chip tone="bad">有待解决的问题</Chip>} 样例 {cases.passed} 项相符，{cases.failed} 项不符。</p>
            {findings.length === 0 ? <Empty>没有发现问题。</Empty> : (
              <ul className="finding-list">
                {[...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)).map(({ id, severity, message, quote, reading, clauses }) => (
                  <li key={id}>
                    <Chip tone={tones[severity] ?? 'info'}>{severityWords[severity] ?? severity}</Chip> {message}{quote ? <q className="zj-soft">{quote}</q> : null}<ClauseNote ids={clauses} />
                    {reading && pack.readings[reading] ? <p className="zj-hint">{reading} 取：{pack.readings[reading].chosen}。另一表述：{pack.readings[reading].otherWording}。理由：{pack.readings[reading].why}（{pack.readings[reading].decidedBy}，{pack.readings[reading].decidedOn}）</p> : null}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Shown>
    </>
  );
}
