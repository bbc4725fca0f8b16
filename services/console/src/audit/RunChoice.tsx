import { moment } from '@zhijian/web';
import { runName, type Case } from './audit.js';

/** Which run of a case that was begun anew is looked at; nothing where there was only one. `chosen` may be one that is not among them. */
export function RunChoice({ runs, chosen, choose }: { runs: readonly Case[]; chosen: string; choose: (runId: string) => void }) {
  if (runs.length < 2) return null;
  const known = runs.some(({ runId }) => runId === chosen);
  return (
    <p className="zj-actions audit-run">
      <label>运行 <select value={known ? chosen : ''} onChange={(event) => choose(event.target.value)}>
        {known ? null : <option value="" disabled>请选择</option>}
        {runs.map((run, at) => <option key={run.runId} value={run.runId}>{runName(run, runs.length - at, moment)}</option>)}
      </select></label>
      <span className="zj-hint">这件流程先后运行 {runs.length} 次，本页的经过、重放校验和核验包都属于所选的一次。</span>
    </p>
  );
}
