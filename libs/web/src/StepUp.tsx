import { useEffect, useState } from 'react';

const channel = 'zhijian-signed-in';

/** Told by the window in which somebody has just signed in again. */
export function signedInAgain(): void {
  const told = new BroadcastChannel(channel);
  told.postMessage('signed-in');
  told.close();
}

/** @param tell called when somebody has signed in anew in another window. @returns how to stop listening */
export function onSignedInAgain(tell: () => void): () => void {
  const told = new BroadcastChannel(channel);
  told.onmessage = tell;
  return () => told.close();
}

/**
 * Some things need a late sign-in. It takes place in a window of its own, so that this page stays as it is with everything
 * typed; afterwards the same submission is sent again.
 */
export function StepUp({ again }: { again?: (() => void) | undefined }) {
  const [done, setDone] = useState(false);
  useEffect(() => onSignedInAgain(() => setDone(true)), []);
  if (done) return <p className="zj-actions" role="status">身份已确认。{again ? <button type="button" className="zj-button zj-primary" onClick={again}>继续办理</button> : '请再次提交。'}</p>;
  return <p className="zj-actions"><button type="button" className="zj-button zj-primary" onClick={() => window.open('/auth/login?anew=1&return=%2Fsigned-in', '_blank', 'popup,width=520,height=680')}>重新登录确认身份</button></p>;
}
