import { Field } from '@zhijian/web';
import { hashOf } from './notice.js';

export interface Site { address: string; proof: string }

/** Where something was posted, and the hash of the saved page: the file stays in the browser. */
export function SiteFields({ site, put }: { site: Site; put: (site: Site) => void }) {
  return (
    <>
      <Field pointer="/address" label="网址" wide>{(field) => <input {...field} className="zj-input" inputMode="url" maxLength={500} value={site.address} onChange={(event) => put({ ...site, address: event.target.value })} />}</Field>
      <Field pointer="/proof" label="网页凭证" hint="选择所存的网页或截图，系统在本机计算 SHA-256，文件不上传；也可直接填写。" wide>{(field) => (
        <div className="zj-row">
          <input {...field} className="zj-input notice-hash" maxLength={64} value={site.proof} onChange={(event) => put({ ...site, proof: event.target.value.trim().toLowerCase() })} />
          <input type="file" aria-label="选择网页文件" onChange={(event) => { const file = event.target.files?.[0]; if (file) void hashOf(file).then((proof) => put({ ...site, proof })); }} />
        </div>
      )}</Field>
    </>
  );
}
