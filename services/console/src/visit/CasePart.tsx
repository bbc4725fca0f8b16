import { Chip, ClauseNote, DateInput, day, Facts, Field, FormShell, Part, Shown, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useIs, useToday } from '../app/session.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { PenaltyPart } from './PenaltyPart.js';
import { oneSanction, sanctionSentence, sanctionsOf, type CaseFile } from './sanction.js';
import { AddSanction, SanctionRows } from './SanctionRows.js';
import type { Visit } from './visit.js';

function DecisionForm({ file, reload }: { file: CaseFile; reload: () => void }) {
  const today = useToday();
  const [on, setOn] = useState<string | null>(null);
  const [rows, setRows] = useState(oneSanction);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const decide = useSubmission('decideCase');
  const decidedOn = on ?? today;
  const submit = () => {
    const { sanctions, wrong } = sanctionsOf(rows);
    setErrors(wrong);
    if (!wrong.length) void decide.send({ params: { caseId: file.caseId }, version: file.version, body: { decidedOn, sanctions } });
  };
  return (
    <FormShell label="登记处理结果" errors={errors} problem={decide.problem} onSubmit={submit} reload={reload}>
      <Field pointer="/decidedOn" label="处理决定日期">{(field) => <DateInput {...field} today={today} value={decidedOn || null} onChange={setOn} />}</Field>
      <SanctionRows rows={rows} change={setRows} />
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={decide.pending}>登记处理结果</button><AddSanction rows={rows} change={setRows} /></p>
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
      {file.earlierDecisions.map(({ number, decidedOn, sanctions, document, changedOn, withdrawnOn }) => <p key={number} className="zj-soft">原决定 {number}（{decidedOn}：{sanctions.map(sanctionSentence).join('；')}）于 {changedOn} 被变更（{document}），公开的信息已于 {withdrawnOn} 撤回。</p>)}
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
