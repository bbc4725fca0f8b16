import { Chip, Empty, Part, ProblemNote, Shown, useAnswer } from '@zhijian/web';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { NextYearPart } from './NextYearPart.js';
import { nothing, repeats, type Intent } from './plan.js';

/** Which pack the campaign runs; another choice starts anew. */
export function PackStep({ intent, put, earlier, onward }: { intent: Intent; put: (more: Partial<Intent>) => void; earlier: Pick<UseQueryResult, 'isError' | 'error' | 'isLoading'>; onward: ReactNode }) {
  const packs = useAnswer('listPacks');
  return (
    <>
      <Part title="选择政策包" note="行动的阶段、期限、表式、判定都取自政策包，批准后固定为这一版本。">
        {earlier.isError ? <ProblemNote error={earlier.error} reading="作为底本的行动" /> : null}
        {earlier.isLoading ? <p role="status">正在取得上一次行动的名称与单位……</p> : null}
        <Shown of={packs} what="政策包">
          {({ items }) => (items.length ? (
            <fieldset className="plan-packs"><legend className="zj-hidden">政策包</legend>{items.map(({ id, version, title }) => {
              const name = `${id}@${version}`;
              return (
                <label key={name} className="zj-check">
                  <input type="radio" name="pack" checked={intent.pack === name} onChange={() => put(intent.after === null ? { ...nothing, pack: name, name: title } : { pack: name, dates: [] })} />
                  <span><strong>{title}</strong>{intent.pack === name ? <> <Chip tone="info">已选</Chip></> : null}<br /><span className="zj-soft"><code>{name}</code>　<Link to={`/packs/${id}/${version}`}>看条款与决策</Link></span></span>
                </label>
              );
            })}</fieldset>
          ) : <Empty>尚未安装政策包。请运维人员用命令 pack install 安装。</Empty>)}
        </Shown>
        {intent.units.length && intent.pack && !earlier.isLoading ? <p className="zj-note">已带入 {intent.units.length} 个填报单位，可在“单位与日期”中增减。</p> : null}
        <p className="zj-actions">{onward ?? <span className="zj-soft">{repeats(intent) ? '所选的是上一次的政策包，日期已经用过：请选择下一年的政策包，或者在下面生成草稿。' : '请先选择一个政策包。'}</span>}{intent.after === null ? null : <button type="button" className="zj-link" onClick={() => put(nothing)}>不以上一次行动为底，重新拟定</button>}</p>
      </Part>
      {repeats(intent) ? <NextYearPart key={intent.pack} pack={intent.pack} /> : null}
    </>
  );
}
