import { Field, FieldGroup, judgementWords, Part, type BodyInput } from '@zhijian/web';

type Kind = NonNullable<BodyInput<'recordVisit'>['judged']>[number]['kind'];
/** What was stated of the self-check, with its reason; a kind that is absent was not stated. */
export type Judged = Partial<Record<Kind, string>>;
const kinds = Object.keys(judgementWords) as Kind[];

export const judgedOf = (judged: Judged): { kind: Kind; reason: string }[] => kinds.flatMap((kind) => (judged[kind] === undefined ? [] : [{ kind, reason: judged[kind].trim() }]));

/** How the self-check was made, as the inspectors saw it: the pack draws consequences from it. */
export function Judgements({ judged, onChange }: { judged: Judged; onChange: (judged: Judged) => void }) {
  const set = (kind: Kind, reason: string | undefined): void => {
    const { [kind]: _before, ...others } = judged;
    onChange(reason === undefined ? others : { ...others, [kind]: reason });
  };
  return (
    <Part title="对自查报告的评价" note="只在现场核实后认定；认定的，须写明理由，文件规定的后果由系统列出。">
      {kinds.map((kind) => (
        <FieldGroup key={kind} pointer={`/judged/${kind}`} label={judgementWords[kind]}>
          <label className="zj-check tall-check"><input type="checkbox" checked={judged[kind] !== undefined} onChange={(event) => set(kind, event.target.checked ? '' : undefined)} />认定{judgementWords[kind]}</label>
          {judged[kind] === undefined ? null : <Field pointer={`/judged/${judgedOf(judged).findIndex((one) => one.kind === kind)}/reason`} label="理由" hint="写明事实，不写个人姓名、证件号码。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={judged[kind]} onChange={(event) => set(kind, event.target.value)} />}</Field>}
        </FieldGroup>
      ))}
    </Part>
  );
}
