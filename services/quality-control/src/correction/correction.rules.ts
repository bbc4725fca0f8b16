import { refuse, type Refused } from '@zhijian/contracts';
import type { qualityControl as http } from '@zhijian/contracts/http';
import { decide, gradeAsked, levelAsked, type LineColour, type Pack } from '@zhijian/policy';
import { changed } from './effects.rules.js';

export type CorrectionRefusal =
  | 'correction-elsewhere' | 'correction-nothing-signed' | 'correction-line-unknown' | 'correction-not-public' | 'correction-no-objection' | 'correction-open' | 'correction-same' | 'correction-value-unknown'
  | 'correction-decided' | 'correction-stale';
export const correctionSentences = {
  'correction-elsewhere': '这项赋色不在您的任职辖区',
  'correction-nothing-signed': '该机构在 {year} 年度没有已签发的颜色，无从更正',
  'correction-line-unknown': '该机构的颜色不含这项资质',
  'correction-not-public': '该机构的颜色尚未公开：公示期间的变动由异议引起，请先由异议处理作出“应当改变”的意见',
  'correction-no-objection': '没有处理意见为“应当改变”而等待重新赋色的这项异议',
  'correction-open': '该机构已有一项更正等待决定',
  'correction-same': '更正后的内容与现有的相同',
  'correction-value-unknown': '政策包没有规定这样的评分或结果：{why}',
  'correction-decided': '这项更正已经决定',
  'correction-stale': '拟定以后情况有变动，所列影响不再准确，请退回后重新拟定',
} satisfies Record<CorrectionRefusal, string>;

/** A score or result the pack's table knows; a word it does not know (基本合格) or 100.1 is refused, not coloured as open. */
export function acceptChange(pack: Pack, lines: readonly LineColour[], line: string, change: http.ColourChange): { ok: true } | Refused<CorrectionRefusal> {
  const was = lines.find((one) => one.line === line);
  if (!was) return refuse('correction-line-unknown', [], {}, { errors: [{ path: '/line', message: '该机构的颜色不含这项资质' }] });
  const year = changed(was, change);
  const asked = change.kind === 'comparison' ? levelAsked(year) : gradeAsked(year);
  const known = decide(pack, asked.decision, asked.inputs);
  if (known.determined) return { ok: true };
  const why = known.reason.replace(/^待核实：/, ''); // it is refused, nothing waits to be verified
  return refuse('correction-value-unknown', known.clauses.map(({ id }) => id), { why }, { errors: [{ path: pathOf(change), message: why }] });
}

const pathOf = ({ kind }: http.ColourChange): string => (kind === 'comparison' ? '/change/result' : '/change/score');

/** Does the change leave the input as it is? */
export function unchanged(lines: readonly LineColour[], line: string, change: http.ColourChange): boolean {
  const was = lines.find((one) => one.line === line);
  return change.kind === 'comparison' ? was?.result === change.result : was?.served === change.served && was.score === change.score;
}

/** Something is to be another; or the colour, taken down, is to stand again upon the same input. */
export const acceptSame = (same: boolean, takenDown: boolean, change: http.ColourChange): { ok: true } | Refused<CorrectionRefusal> =>
  (same && !takenDown ? refuse('correction-same', [], {}, { errors: [{ path: pathOf(change), message: '与现有的相同' }] }) : { ok: true });

/** What a correction may rest on: a colour that is public or was and was taken down, or an objection that was answered `to-be-changed` and has not been settled. */
export function acceptGround(because: 'objection' | 'correction', wasPublic: boolean, objection: { settled: boolean } | null): { ok: true } | Refused<CorrectionRefusal> {
  if (because === 'correction') return wasPublic ? { ok: true } : refuse('correction-not-public', [], {}, { wrongState: true });
  return objection && !objection.settled ? { ok: true } : refuse('correction-no-objection', [], {}, { wrongState: true, errors: [{ path: '/objectionId', message: '没有等待重新赋色的这项异议' }] });
}
