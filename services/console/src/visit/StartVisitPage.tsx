import { DateInput, Field, FieldGroup, FormShell, PackOnPage, Page, Part, Shown, useAnswer, usePack, useSubmission, visitKindWords, type BodyInput, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { useToday } from '../app/session.js';
import { packOf, scopeWords } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import type { Unit } from '../unit/unit.js';
import { SubjectPicker, type Chosen } from './SubjectPicker.js';
import { useInspectors } from './use-inspectors.js';

type Body = BodyInput<'openVisit'>;
const kinds = ['site-check', 'extension-check'] as const;

const wrongIn = (kind: Body['kind'], { institutionId, unregistered }: Chosen, on: string, inspectors: readonly string[]): FieldError[] => [
  ...(unregistered || institutionId ? [] : [{ path: '/institutionId', message: kind === 'site-check' ? '请选择名单内的机构' : '请选择机构，或填写不在名录中的检查对象' }]),
  ...(unregistered && !unregistered.name.trim() ? [{ path: '/unregistered/name', message: '请填写检查对象名称' }] : []),
  ...(unregistered && !unregistered.address.trim() ? [{ path: '/unregistered/address', message: '请填写检查对象地址' }] : []),
  ...(on ? [] : [{ path: '/visitOn', message: '请填写检查日期' }]),
  ...(inspectors.length >= 2 ? [] : [{ path: '/inspectors', message: '现场检查不得少于两名执法人员' }]),
];

function StartForm({ unit, first }: { unit: Unit; first: string | null }) {
  const today = useToday();
  const go = useNavigate();
  const offered = kinds.filter((it) => unit.mayDo.includes(it));
  const [kind, setKind] = useState<(typeof kinds)[number]>(offered[0] ?? 'site-check');
  const [chosen, setChosen] = useState<Chosen>({ institutionId: first, unregistered: null });
  const [on, setOn] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const open = useSubmission('openVisit');
  const words = scopeWords(usePack().data);
  const visitOn = on ?? today;
  const { inspectors, asking, field } = useInspectors(unit.code, visitOn);
  const submit = async () => {
    const wrong = wrongIn(kind, chosen, visitOn, inspectors);
    setErrors(wrong);
    const visit = wrong.length ? null : await open.send({ params: { campaignId: unit.campaign.campaignId }, body: { unit: unit.code, kind, ...chosen, visitOn, inspectors } });
    if (visit) void go(`/visits/${visit.visitId}`);
  };
  const choose = (next: (typeof kinds)[number]) => {
    setKind(next);
    setChosen({ institutionId: null, unregistered: null });
  };
  return (
    <Part title="检查对象与人员">
      <FormShell label="开始检查" errors={errors} problem={open.problem} onSubmit={() => void submit()}>
        <FieldGroup pointer="/kind" label="检查方式" hint={kind === 'extension-check' ? `延伸检查可以检查${words.elsewhere}或${words.lacking}的对象。` : '对名单内的机构进行现场检查。'}>
          <div className="zj-choices">{offered.map((it) => <label key={it}><input type="radio" name="kind" checked={kind === it} onChange={() => choose(it)} />{visitKindWords[it]}</label>)}</div>
        </FieldGroup>
        <SubjectPicker unit={unit} extension={kind === 'extension-check'} chosen={chosen} onChoose={setChosen} />
        <Field pointer="/visitOn" label="检查日期">{(field) => <DateInput {...field} today={today} value={visitOn || null} onChange={setOn} />}</Field>
        {field}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary zj-tall" disabled={open.pending || asking}>开始检查</button></p>
      </FormShell>
    </Part>
  );
}

/** Opens a visit: whom, how, when, by whom. */
export function StartVisitPage() {
  const { campaignId = '', unit: code = '' } = useParams();
  const [search] = useSearchParams();
  const unit = useAnswer('getUnit', { params: { campaignId, unit: code } });
  return (
    <Shown of={unit} what="辖区">
      {(data) => (
        <PackOnPage.Provider value={packOf(data.campaign)}>
          <Page title="开始检查" trail={<Trail campaign={data.campaign} unit={data} />}><StartForm unit={data} first={search.get('institution')} /></Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
