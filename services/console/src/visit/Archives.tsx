import { Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { archivesOf, repeatedIn, type Visit } from './visit.js';

/** The list of archives that the body supplies: numbers only, no names. */
export function Archives({ visit, reload, mayEdit }: { visit: Visit; reload: () => void; mayEdit: boolean }) {
  const [pasted, setPasted] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const list = useSubmission('listArchives');
  const archives = archivesOf(pasted);
  const submit = async () => {
    const repeated = repeatedIn(archives);
    const wrong = [
      ...(archives.length ? [] : [{ path: '/archives', message: '请粘贴机构提供的档案编号' }]),
      ...(repeated.length ? [{ path: '/archives', message: `编号重复：${repeated.slice(0, 5).join('、')}${repeated.length > 5 ? ` 等 ${repeated.length} 个` : ''}` }] : []),
    ];
    setErrors(wrong);
    if (!wrong.length && (await list.send({ params: { visitId: visit.visitId }, version: visit.version, body: { archives } }))) setPasted('');
  };
  return (
    <Part title="档案清单">
      {visit.archives ? <p>机构提供 {visit.archives.length} 份档案编号。{visit.draw ? '已据此抽取，清单不再改动。' : '重新粘贴即替换。'}</p> : null}
      {mayEdit && !visit.draw ? (
        <FormShell label="档案清单" errors={errors} problem={list.problem} onSubmit={() => void submit()} reload={reload}>
          <Field pointer="/archives" label="档案编号" hint="从表格中复制粘贴，每行一个。只记编号，不要粘贴劳动者姓名。" wide>{(field) => <textarea {...field} className="zj-input" rows={5} value={pasted} onChange={(event) => setPasted(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={list.pending}>登记清单{archives.length ? `（${archives.length} 份）` : ''}</button></p>
        </FormShell>
      ) : visit.archives ? null : <p>未登记档案清单。</p>}
    </Part>
  );
}
