import { Chip, ClauseNote, DateInput, day, Facts, fenOfWan, Field, FieldGroup, FormShell, Part, sanctionWords, Shown, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useIs, useToday } from '../app/session.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { PenaltyPart } from './PenaltyPart.js';
import { hasAmount, sanctionSentence, type CaseFile, type Sanction } from './sanction.js';
import type { Visit } from './visit.js';

interface Row { kind: Sanction['kind']; amount: string }
const kinds = Object.keys(sanctionWords) as Sanction['kind'][];

function DecisionForm({ file, reload }: { file: CaseFile; reload: () => void }) {
  const today = useToday();
  const [on, setOn] = useState<string | null>(null);
  const [rows, setRows] = useState<readonly Row[]>([{ kind: 'warning', amount: '' }]);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const decide = useSubmission('decideCase');
  const decidedOn = on ?? today;
  const put = (index: number, more: Partial<Row>) => setRows(rows.map((row, at) => (at === index ? { ...row, ...more } : row)));
  const submit = () => {
    const sanctions = rows.map(({ kind, amount }) => ({ kind, fen: hasAmount(kind) ? fenOfWan(amount) : null }));
    const wrong = sanctions.flatMap(({ kind, fen }, index) => (hasAmount(kind) && !fen ? [{ path: `/sanctions/${index}/fen`, message: `${sanctionWords[kind]}：请填写金额（万元，最多六位小数）` }] : []));
    setErrors(wrong);
    if (!wrong.length) void decide.send({ params: { caseId: file.caseId }, version: file.version, body: { decidedOn, sanctions } });
  };
  return (
    <FormShell label="登记处理结果" errors={errors} problem={decide.problem} onSubmit={submit} reload={reload}>
      <Field pointer="/decidedOn" label="处理决定日期">{(field) => <DateInput {...field} today={today} value={decidedOn || null} onChange={setOn} />}</Field>
      {rows.map(({ kind, amount }, index) => (
        <FieldGroup key={index} pointer={`/sanctions/${index}`} label={`处理结果 ${index + 1}`}>
          <div className="zj-row">
            <Field pointer={`/sanctions/${index}/kind`} label="种类">{(field) => <select {...field} className="zj-input" value={kind} onChange={(event) => put(index, { kind: event.target.value as Row['kind'] })}>{kinds.map((it) => <option key={it} value={it}>{sanctionWords[it]}</option>)}</select>}</Field>
            {hasAmount(kind) ? <Field pointer={`/sanctions/${index}/fen`} label="金额（万元）">{(field) => <input {...field} className="zj-input zj-date" inputMode="decimal" value={amount} onChange={(event) => put(index, { amount: event.target.value })} />}</Field> : null}
            {rows.length > 1 ? <button type="button" className="zj-link" onClick={() => setRows(rows.filter((_, at) => at !== index))}>删除</button> : null}
          </div>
        </FieldGroup>
      ))}
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={decide.pending}>登记处理结果</button><button type="button" className="zj-button" onClick={() => setRows([...rows, { kind: 'fine', amount: '' }])}>再加一种处罚</button></p>
    </FormShell>
  );
}

const circumstanceWords: Partial<Record<string, string>> = { 'self-reported': '自查自报，可从轻或免予处罚', strict: '从严处罚', ordinary: '一般情形', contradictory: '从轻与从严的规定同时适用，须斟酌决定' };

function Case({ file, reload }: { file: CaseFile; reload: () => void }) {
  const mayDecide = useIs('county', 'city', 'province', 'approver') && file.state === 'open';
  return (
    <>
      <p>{file.state === 'decided' ? <Chip tone="good">已处理</Chip> : <Chip tone="wait">办理中</Chip>}　<strong>{file.number}</strong></p>
      <Facts of={[['当事人', file.subjectName], ['立案日期', day(file.filedOn)], ['立案理由', <span key="r">{file.reason}<ClauseNote ids={file.clauses} /></span>], ...(file.circumstance ? [['从轻从严', <span key="c">{circumstanceWords[file.circumstance.value ?? ''] ?? '待核实'}{file.circumstance.reason ? `：${file.circumstance.reason}` : ''}<ClauseNote ids={file.circumstance.clauses} /></span>] as const] : [])]} />
      {file.decidedOn ? <p>{file.decidedOn}：{file.sanctions.map(sanctionSentence).join('；')}<CertificateMark subject={file.caseId} kind="sanction" /></p> : null}
      {mayDecide ? <DecisionForm key={file.version} file={file} reload={reload} /> : null}
      <PenaltyPart file={file} reload={reload} />
    </>
  );
}

/** The case that came of a visit, and the registration of its outcome. */
export function CasePart({ visit }: { visit: Visit }) {
  const cases = useAnswer('listCases', { params: { campaignId: visit.campaignId }, query: { unit: visit.unit, limit: 500 } });
  return (
    <Part title="立案与处理">
      <Shown of={cases} what="案件">
        {({ items }) => {
          const file = items.find(({ caseId }) => caseId === visit.caseId);
          return file ? <Case file={file} reload={() => void cases.refetch()} /> : <p>案件资料暂未取得，请稍后刷新。</p>;
        }}
      </Shown>
    </Part>
  );
}
