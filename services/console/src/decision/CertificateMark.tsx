import { ProblemNote, useAnswer } from '@zhijian/web';
import { Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { CertificateView } from './CertificateView.js';
import './decision.css';
import type { Certificate, Room } from './decision.js';

interface Of { room?: Room; subject: string; kind: Certificate['kind'] }

function Latest({ room = 'inspection', subject, kind }: Of) {
  const found = useAnswer('listDecisions', { query: { room, subject, kind, limit: 1 } });
  const [first] = found.data?.items ?? [];
  const whole = useAnswer('getDecision', first ? { params: { id: first.id }, query: { room } } : {}, { enabled: first !== undefined });
  const failed = [found, whole].find(({ isError }) => isError);
  if (failed) return <ProblemNote error={failed.error} again={() => void failed.refetch()} reading="决定凭证" />;
  if (found.data && !first) return <p>启用凭证以前作出的决定，没有凭证。</p>;
  if (!whole.data) return <p>正在读取……</p>;
  return <><CertificateView whole={whole.data} /><p><Link to={`/decisions?${new URLSearchParams({ room, subject }).toString()}`}>此对象的全部决定</Link></p></>;
}

/** The mark beside a date or a verdict that opens its certificate. Bodies see the clause, not the certificate. */
export function CertificateMark(of: Of) {
  const [open, setOpen] = useState(false);
  const reads = useIs('province', 'city', 'county', 'quality-centre', 'auditor');
  if (!reads) return null;
  return (
    <Popover trigger="click" placement="bottom" title="决定凭证" open={open} onOpenChange={setOpen} content={open ? <div className="certificate"><Latest {...of} /></div> : null}>
      <button type="button" className="zj-clause" aria-label="决定凭证">凭证</button>
    </Popover>
  );
}
