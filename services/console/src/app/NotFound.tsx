import { Empty, Page } from '@zhijian/web';
import { Link } from 'react-router-dom';

/** An address that leads nowhere. */
export const NotFound = () => (
  <Page title="没有这个页面"><Empty action={<Link to="/campaigns">回到专项行动列表</Link>}>地址可能有误，或内容已经移走。数据不受影响。</Empty></Page>
);
