import { Chip, ClauseNote, Part } from '@zhijian/web';
import type { Subject } from './report.js';

type Flag = Subject['flags'][number];
const words = { 'key-supervision': '重点监督', leniency: '可从轻或免予处罚', strict: '从严处罚' } satisfies Record<Flag['kind'], string>;

/** What the authorities bear in mind of a body. Nobody else is told. */
export function Flags({ subject }: { subject: Subject }) {
  if (!subject.flags.length) return null;
  return (
    <Part title="监督提示" note="只供监督人员使用，机构的页面上不显示。">
      <ul className="reasons">
        {subject.flags.map((flag) => (
          <li key={flag.flagId}>
            <Chip tone={flag.liftedAt ? 'info' : flag.kind === 'leniency' ? 'good' : 'bad'}>{words[flag.kind]}</Chip>　{flag.reason}<ClauseNote ids={flag.clauses} />
            {flag.untilOn && !flag.liftedAt ? <span className="zj-soft">　至 {flag.untilOn}</span> : null}
            {flag.liftedAt ? <span className="zj-soft">　已解除：{flag.liftedReason}</span> : null}
          </li>
        ))}
      </ul>
    </Part>
  );
}
