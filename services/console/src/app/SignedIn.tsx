import { signedInAgain } from '@zhijian/web';
import { useEffect } from 'react';

/** Where a second sign-in ends: the page it was for goes on by itself. */
export function SignedIn() {
  useEffect(() => {
    signedInAgain();
    window.close();
  }, []);
  return <main className="zj-page"><h1>身份已确认</h1><p>请关闭本窗口，回到原来的页面继续办理；您填写的内容仍在那里。</p></main>;
}
