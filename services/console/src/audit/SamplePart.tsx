import { Chip, Empty, Facts, Part, Shown, useAnswer, type Answer } from '@zhijian/web';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { checked, recordOf } from '../sample/sample.js';
import { casePath, type Case } from './audit.js';

type Drawn = Answer<'sampleCases'>;

function save(drawn: Drawn): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(recordOf(drawn as never), null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: address, download: 'audit-sample.json' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Cases drawn by a seed: the same seed draws the same ones, and anybody can compute that again. */
export function SamplePart({ which, nameOf }: { which: { campaignId?: string; kind?: Case['kind'] }; nameOf: (workflowId: string) => string }) {
  const [typed, setTyped] = useState({ seed: '', size: '3' });
  const [asked, setAsked] = useState<{ seed: string; size: number } | null>(null);
  const [agrees, setAgrees] = useState<boolean | null>(null);
  const drawn = useAnswer('sampleCases', { query: { seed: asked?.seed ?? '', size: asked?.size ?? 1, ...which } }, { enabled: asked !== null });
  const draw = (event: FormEvent) => {
    event.preventDefault();
    setAgrees(null);
    if (typed.seed.trim()) setAsked({ seed: typed.seed.trim(), size: Math.max(1, Number(typed.size) || 1) });
  };
  return (
    <Part title="抽查" note="按种子从已办结的流程中抽取；记录下载后，任何人可以复算。">
      <form className="zj-actions" onSubmit={draw}>
        <label>种子 <input value={typed.seed} maxLength={100} onChange={(event) => setTyped({ ...typed, seed: event.target.value })} placeholder="如当日开奖号码" /></label>
        <label>件数 <input type="number" min={1} max={200} value={typed.size} onChange={(event) => setTyped({ ...typed, size: event.target.value })} /></label>
        <button type="submit" className="zj-button">抽取</button>
      </form>
      {asked ? (
        <Shown of={drawn} what="抽查结果">{(it) => (it.result.length ? (
          <>
            <Facts of={[['从', `${it.pool.length} 件中抽取 ${it.size} 件`], ['算法', <code key="a">{it.algorithm}</code>], ['名单摘要', <code key="h">{it.poolSha256}</code>]]} />
            <ol>{it.result.map((id) => <li key={id}><Link to={casePath(id)}>{nameOf(id)}</Link></li>)}</ol>
            <p className="zj-actions"><button type="button" className="zj-button" onClick={() => void checked(it).then(setAgrees)}>复算</button><button type="button" className="zj-button" onClick={() => save(it)}>下载抽取记录</button>
              <span role="status">{agrees === null ? '' : agrees ? <Chip tone="good">复算一致</Chip> : <Chip tone="bad">复算不一致</Chip>}</span></p>
          </>
        ) : <Empty>没有已办结的流程可抽。</Empty>)}</Shown>
      ) : null}
    </Part>
  );
}
