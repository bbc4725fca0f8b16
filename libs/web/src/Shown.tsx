import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { moment } from './format.js';
import { ProblemNote } from './ProblemNote.js';

/** Nothing in the first second, then a skeleton, after ten seconds words and a way out. */
export function Waiting({ what, cancel }: { what: string; cancel?: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((past) => past + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < 1) return <div className="zj-waiting" aria-busy="true" />;
  return (
    <div className="zj-waiting" aria-busy="true" role="status">
      <span className="zj-hidden">正在读取{what}</span>
      {seconds < 10 ? null : (
        <p>读取{what}用时较长，系统仍在处理。{cancel ? <button type="button" className="zj-button" onClick={cancel}>停止等待</button> : null}</p>
      )}
      {[0.4, 1, 0.92, 0.97, 0.6].map((width) => <div key={width} className="zj-bone" style={{ width: `${width * 100}%` }} />)}
    </div>
  );
}

/** Why there is nothing here and what the next step is. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <div className="zj-empty"><p>{children}</p>{action ? <p className="zj-actions">{action}</p> : null}</div>;
}

/** Says which part of the picture is missing. */
export const Partial = ({ children }: { children: ReactNode }) => <p className="zj-partial" role="status">{children}</p>;

/** An answer in all its states: waiting, failed, out of date, there. */
export function Shown<T>({ of: query, what, children }: { of: UseQueryResult<T>; what: string; children: (data: T) => ReactNode }) {
  const client = useQueryClient();
  const [stopped, setStopped] = useState(false);
  const again = () => {
    setStopped(false);
    void query.refetch();
  };
  const cancel = () => {
    setStopped(true);
    void client.cancelQueries();
  };
  if (query.data !== undefined) {
    return (
      <>
        {query.isError ? <Partial>未能取得最新数据，以下为 {moment(new Date(query.dataUpdatedAt).toISOString())} 取得的内容。<button type="button" className="zj-link" onClick={again}>重新读取</button></Partial> : null}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemNote error={query.error} again={again} reading={what} />;
  if (stopped || query.fetchStatus === 'idle') return <Empty action={<button type="button" className="zj-button" onClick={again}>重新读取</button>}>已停止读取{what}。</Empty>;
  return <Waiting what={what} cancel={cancel} />;
}
