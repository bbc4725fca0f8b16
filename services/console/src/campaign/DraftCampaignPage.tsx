import { Field, FormShell, Page, Part, Shown, useAnswer, usePack, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ApproveCampaign } from './ApproveCampaign.js';

const unitsOf = (pack: unknown): { code: string; name: string }[] => {
  const shape = pack as { campaign?: { units?: { code: string; name: string }[] }; units?: { code: string; name: string }[] } | undefined;
  return shape?.campaign?.units ?? shape?.units ?? [];
};
const written = (units: readonly { code: string; name: string }[]): string => units.map(({ code, name }) => `${code} ${name}`).join('\n');
const read = (lines: string) => lines.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => ({ code: line.slice(0, 6), name: line.slice(6).trim() }));

function DraftForm({ packs }: { packs: readonly { id: string; version: number; title: string }[] }) {
  const [pack, setPack] = useState(packs[0] ? `${packs[0].id}@${packs[0].version}` : '');
  const [name, setName] = useState('');
  const [units, setUnits] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const draft = useSubmission('draftCampaign');
  const proposed = written(unitsOf(usePack(pack).data));
  const title = packs.find(({ id, version }) => `${id}@${version}` === pack)?.title ?? '';
  const submit = () => {
    const body = { name: name.trim() || title, pack, units: read(units ?? proposed) };
    const wrong = [...(body.pack ? [] : [{ path: '/pack', message: '请选择政策包' }]), ...(body.units.length ? [] : [{ path: '/units', message: '请至少填写一个填报单位' }])];
    setErrors(wrong);
    if (!wrong.length) void draft.send({ body });
  };
  if (draft.answer) {
    return (
      <Part title={`已拟定：${draft.answer.name}`} note="尚未启动。请先看校核结果，再批准。">
        <ApproveCampaign campaign={draft.answer} />
        <p className="zj-actions"><Link to="/campaigns">回到列表</Link></p>
      </Part>
    );
  }
  return (
    <Part title="选择政策包与填报单位">
      <FormShell label="拟定专项行动" errors={errors} problem={draft.problem} onSubmit={submit}>
        <Field pointer="/pack" label="政策包" wide hint="行动的阶段、期限、表式都取自政策包，批准后固定为这一版本。">
          {(field) => <select {...field} className="zj-input" value={pack} onChange={(event) => { setPack(event.target.value); setUnits(null); }}>
            {packs.map(({ id, version, title: words }) => <option key={`${id}@${version}`} value={`${id}@${version}`}>{words}（{id}@{version}）</option>)}
          </select>}
        </Field>
        <Field pointer="/name" label="行动名称" wide hint="不填则用政策包的名称。">{(field) => <input {...field} className="zj-input" maxLength={120} placeholder={title} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        <Field pointer="/units" label="填报单位" wide hint="每行一个：六位区划代码、空格、名称。已按政策包列出，可增删。">
          {(field) => <textarea {...field} className="zj-input" rows={10} value={units ?? proposed} onChange={(event) => setUnits(event.target.value)} />}
        </Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={draft.pending}>拟定</button><span className="zj-soft">拟定不会启动行动。</span></p>
      </FormShell>
    </Part>
  );
}

/** A campaign is drafted from a pack, checked, then approved. */
export function DraftCampaignPage() {
  const packs = useAnswer('listPacks');
  return (
    <Page title="拟定专项行动" trail={<Link to="/campaigns">专项行动</Link>}>
      <Shown of={packs} what="政策包">{({ items }) => <DraftForm packs={items} />}</Shown>
    </Page>
  );
}
