import { DateInput, Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { siteFaults, type NoticeDetail } from './notice.js';
import { SiteFields, type Site } from './SiteFields.js';

/** Takes a running notice back, with its reason for everybody to read. */
export function WithdrawForm({ notice, reload }: { notice: NoticeDetail; reload: () => void }) {
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const withdraw = useSubmission('withdrawNotice');
  const submit = () => {
    setErrors(reason.trim() ? [] : [{ path: '/reason', message: '请写明撤回的理由' }]);
    if (reason.trim()) void withdraw.send({ params: { noticeId: notice.noticeId }, version: notice.version, body: { reason: reason.trim() } });
  };
  return (
    <Part title="撤回公示" note="撤回后所列结果不再有效，异议随之终结；原内容自动成为新的待发布公示，再次发布须重新公示足期。">
      <FormShell label="撤回公示" errors={errors} problem={withdraw.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/reason" label="撤回理由（公开）" wide>{(field) => <textarea {...field} className="zj-input" maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={withdraw.pending}>撤回</button></p>
      </FormShell>
    </Part>
  );
}

/** Records the publication on another official site: from the day after it, rectification reports fall due. */
export function PublicationForm({ notice, reload }: { notice: NoticeDetail; reload: () => void }) {
  const today = useToday();
  const [on, setOn] = useState<string | null>(null);
  const [site, setSite] = useState<Site>({ address: '', proof: '' });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const record = useSubmission('recordPublication');
  const publishedOn = on ?? today;
  const submit = () => {
    const wrong = [...(publishedOn ? [] : [{ path: '/publishedOn', message: '请填写公开日期' }]), ...siteFaults(site)];
    setErrors(wrong);
    if (!wrong.length) void record.send({ params: { noticeId: notice.noticeId }, version: notice.version, body: { publishedOn, address: site.address.trim(), proof: site.proof.trim() } });
  };
  return (
    <Part title={`登记在官方网站的公开（${notice.ready} 家）`} note="公开日期、网址和凭证留存备查；整改报告的期限自公开次日起算。">
      <FormShell label="登记公开" errors={errors} problem={record.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/publishedOn" label="公开日期">{(field) => <DateInput {...field} today={today} value={publishedOn || null} onChange={setOn} />}</Field>
        <SiteFields site={site} put={setSite} />
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={record.pending}>登记</button></p>
      </FormShell>
    </Part>
  );
}
