import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256, type Certificate, type CertificateDraft } from '@zhijian/audit';
import { agrees, dateText, decidedByRule, decidedByTable, periodText } from '@zhijian/audit/rules';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { newId } from '@zhijian/contracts';
import { Packs, periodOf, planCampaign, type Pack } from '@zhijian/policy';

const evaluator = fileURLToPath(new URL('evaluate.py', import.meta.url));
const names = ['hangzhou/exam-campaign-2023', 'jiangsu/norm-2014', 'guizhou/reform-2021', 'heshui/quality-action-2024', 'chongqing/colour-2024'];

interface Kept { certificate: Certificate; rule: string | null }
/** A draft as it is written with a command. */
function written({ rule, determined = true, jurisdiction = '330100', ...draft }: CertificateDraft): Kept {
  const text = rule && canonicalJson(rule.text);
  const named = rule && text !== null ? { form: rule.form, name: rule.name, sha256: sha256(text) } : null;
  return { certificate: { ...draft, id: newId(), jurisdiction, determined, rule: named, inputsSha256: sha256(canonicalJson(draft.inputs)), actor: 'test', cause: 'test', workflow: null, at: '2024-01-02T09:00:00.000+08:00' }, rule: text };
}

/** Every golden case of a pack that decides something, every period counted from a day, and the date of every duty. */
function casesOf(pack: Pack): CertificateDraft[] {
  const decided = pack.golden.flatMap((it) => ('decision' in it ? [decidedByTable(pack, it.decision, it.inputs, { kind: 'verdict', subject: it.title })] : []));
  const events = ['2023-12-28', '2024-02-05', '2024-09-13', '2024-09-24', '2025-01-20', '2026-12-16', '2028-02-29'].map(localDate);
  const periods = Object.keys(pack.rules.periods).flatMap((id) => events.flatMap((eventOn) => {
    const period = periodOf(pack, id, { on: eventOn });
    return period ? [decidedByRule(pack, { kind: 'due-date', subject: id, form: 'period', name: id, text: periodText(period, eventOn, builtInCalendar), inputs: { eventOn }, clauses: period.clauses, calendar: builtInCalendar.version })] : [];
  }));
  const plan = pack.campaign ? planCampaign(pack, builtInCalendar, { units: [{ code: '990101', name: '测试区' }] }) : null;
  const dates = (plan?.cities[0]?.stages ?? []).flatMap((stage) => stage.duties.flatMap((duty) => [null, stage.opensOn, stage.closesOn].flatMap((own) => {
    const text = dateText(pack, duty, stage, builtInCalendar);
    return text ? [decidedByRule(pack, { kind: 'due-date', subject: duty.id, form: 'date', name: duty.id, text, inputs: { own }, clauses: duty.clauses })] : [];
  })));
  return [...decided, ...periods, ...dates];
}

let folder: string;
const asked = (kept: readonly Kept[]): { status: number | null; said: { same: number; different: number; forms: Record<string, number>; differing: { id: string; why: string }[] } } => {
  const file = join(folder, `${newId()}.jsonl`);
  writeFileSync(file, kept.map(({ certificate, rule }) => JSON.stringify({ certificate: canonicalJson(certificate), rule })).join('\n'));
  const { status, stdout, stderr } = spawnSync('python3', [evaluator, file], { encoding: 'utf8', maxBuffer: 1e8 });
  if (!stdout) throw new Error(stderr);
  return { status, said: JSON.parse(stdout) as never };
};
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'certificates-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an evaluator that shares no code with ours, given certificates only', () => {
  it.each(names)('reaches what %s decides: golden cases, periods over holidays, dates of duties', async (name) => {
    const kept = casesOf(await new Packs().get(name)).map(written);
    expect(kept.map(({ certificate, rule }) => agrees(certificate, rule)).filter((said) => said !== 'same')).toEqual([]);
    const { status, said } = asked(kept);
    expect(said.differing).toEqual([]);
    expect([status, said.same]).toEqual([0, kept.length]);
    expect(said.forms['table']).toBeGreaterThan(5);
  });

  it('reaches what is public of a body: by its filing, by what was granted to it, by both, by neither, and as it was before lines were public', () => {
    const text = {
      law: 'TEST', institution: { name: 'name' }, filing: { categories: 'categories', closedOn: 'filingClosedOn' }, lines: { kind: 'kind', to: 'to', ended: 'ended' }, unfiled: { categories: [], filingClosedOn: null },
    };
    const { lines: _lines, unfiled: _unfiled, ...before } = text;
    const filing = { categories: ['甲'], closedOn: null, number: 'x' };
    const lines = [{ kind: 'hospital', to: '2024-02-29', ended: 'revoked', number: 'y' }, { kind: 'disease-diagnosis', to: null, ended: null, number: 'z' }];
    const registers = [{ filing, lines }, { filing, lines: [] }, { filing: null, lines }, { filing: null, lines: [] }, { filing }, { filing: null }].map((it) => ({ name: '机构', contactPost: '岗', ...it }));
    const kept = [text, before].flatMap((rule) => registers.map((register) => written(decidedByRule(null, { kind: 'publication', subject: 'b1', form: 'public-record', name: 'public-record', text: rule, clauses: [], inputs: { register } }))));
    expect(kept.map(({ certificate, rule }) => agrees(certificate, rule))).toEqual(kept.map(() => 'same'));
    expect(kept.map(({ certificate }) => (certificate.outcome as { lines?: unknown[] } | null) && (certificate.outcome as { lines?: unknown[] }).lines?.length)).toEqual([2, 0, 2, null, 0, null, undefined, undefined, null, null, undefined, null]);
    expect(JSON.stringify(kept.map(({ certificate }) => certificate.outcome))).not.toMatch(/岗|"[xyz]"/);
    expect(asked(kept).said).toMatchObject({ same: kept.length, differing: [] });
  });

  it('finds each certificate that says something else', async () => {
    const kept = casesOf(await new Packs().get('chongqing/colour-2024')).map(written);
    const altered = kept.map(({ certificate, rule }, at): Kept => {
      if (at % 3 === 0) return { certificate: { ...certificate, inputs: { ...certificate.inputs, altered: true } }, rule };
      if (at % 3 === 1) return { certificate, rule: rule && rule.replace(/^\{/, '{"altered":1,') };
      return { certificate: { ...certificate, outcome: { other: certificate.outcome }, determined: true }, rule };
    });
    expect(altered.map(({ certificate, rule }) => agrees(certificate, rule)).filter((said) => said === 'same')).toEqual([]);
    expect(asked(altered).said).toMatchObject({ same: 0, different: kept.length });
  });
});
