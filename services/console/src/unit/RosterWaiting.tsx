import { Empty } from '@zhijian/web';
import { Link } from 'react-router-dom';
import type { Unit } from './unit.js';

/** Before the list is frozen: why the page is empty, and what makes it fill. */
export function RosterWaiting({ unit }: { unit: Unit }) {
  const first = unit.stages[0];
  return (
    <Empty action={<Link className="zj-button" to={`/institutions?unit=${unit.code}`}>核对本辖区机构名录</Link>}>
      名单尚未冻结，因此还没有机构的任务。{first ? `“${first.title}”阶段自 ${first.opensOn} 起；` : ''}请先在名录中记录各机构是否实际开展服务。
    </Empty>
  );
}
