import { Confirmation, Facts, Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ApproveCampaign } from '../campaign/ApproveCampaign.js';
import type { Intent, Planned } from './plan.js';

/** Saves the draft. It starts nothing: another person approves it. */
export function DraftStep({ intent, put, plan, clear }: { intent: Intent; put: (more: Partial<Intent>) => void; plan: Planned; clear: () => void }) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const draft = useSubmission('draftCampaign');
  const days = plan.cities.flatMap(({ stages }) => stages.flatMap(({ opensOn, closesOn }) => [opensOn, closesOn])).sort();
  const submit = async () => {
    const wrong = intent.name.trim() ? [] : [{ path: '/name', message: '请填写行动名称' }];
    setErrors(wrong);
    if (!wrong.length) await draft.send({ body: { name: intent.name.trim(), pack: intent.pack, units: [...intent.units], dates: [...intent.dates] } });
  };
  if (draft.answer) {
    return (
      <>
        <Confirmation title={`已拟定：${draft.answer.name}`} number={draft.answer.campaignId}>
          <p>尚未启动，也没有通知任何人。接下来：由另一人登录后，在“专项行动”列表中核对并批准；批准后在各单位同时启动。</p>
          <p className="zj-actions"><Link className="zj-button" to="/campaigns" onClick={clear}>回到列表</Link></p>
        </Confirmation>
        <Part title="批准"><ApproveCampaign campaign={draft.answer} /></Part>
      </>
    );
  }
  return (
    <Part title="拟定" note="保存为草案，不会启动行动。拟定人不能批准自己拟定的行动，须由另一人批准。">
      <FormShell label="拟定专项行动" errors={errors} problem={draft.problem} onSubmit={() => void submit()}>
        <Field pointer="/name" label="行动名称" wide>{(field) => <input {...field} className="zj-input" maxLength={120} value={intent.name} onChange={(event) => put({ name: event.target.value })} />}</Field>
        <Facts of={[['政策包', <code key="p">{intent.pack}</code>], ['填报单位', `${intent.units.length} 个：${intent.units.slice(0, 6).map(({ name }) => name).join('、')}${intent.units.length > 6 ? ' 等' : ''}`], ['时段', days.length ? `${days[0]} 至 ${days.at(-1)}` : '文件未写明'], ['自定日期', intent.dates.length ? `${intent.dates.length} 个` : '无']]} />
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={draft.pending}>保存草案</button></p>
      </FormShell>
    </Part>
  );
}
