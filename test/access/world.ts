import type { Principal } from '@zhijian/access';
import { administrators, roles, type Role } from '@zhijian/contracts';
import type { TestDatabase } from '@zhijian/testing';

/** Two provinces, three cities, four districts, all invented. The oracle's own tree: nothing of it is asked of the code under test. */
export const units = ['970101', '970102', '970201', '960101'] as const;
export type Unit = (typeof units)[number];
const below: Record<string, readonly string[]> = {
  '970000': ['970100', '970200', '970101', '970102', '970201'], '970100': ['970101', '970102'], '970200': ['970201'], '960000': ['960100', '960101'], '960100': ['960101'],
};
/** Who leads the campaign of a unit: its city. */
export const leadOf: Record<Unit, string> = { '970101': '970100', '970102': '970100', '970201': '970200', '960101': '960100' };
export const concernedBy = (lead: string): Unit[] => units.filter((unit) => leadOf[unit] === lead);
export const levelOf = (code: string): Role => (code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county');

export const id = (kind: string, of: string): string => `00000000-0000-7000-8000-${Buffer.from(kind).toString('hex').slice(0, 6).padEnd(6, '0')}${of}`;
export const canary = (unit: string): string => `CANARY${unit}`;

export interface Person { principal: Principal; home: string; ofBody: boolean }

/** Every role at every place it could be held at; somebody of a sibling district was once of the first. */
export function people(): Person[] {
  const homes = ['970000', '970100', '970200', '960000', '960100', ...units];
  const at = (role: Role, home: string): Person => ({
    home, ofBody: false, principal: { id: `${role}-${home}`, name: role, role, places: [home, ...(below[home] ?? [])].map((code) => ({ code })), ...(home === '970102' ? { formerPlaces: [{ code: '970101' }] } : {}) },
  });
  const body = (role: Role, unit: Unit): Person => ({ home: unit, ofBody: true, principal: { id: `${role}-${unit}`, name: role, role, places: [{ code: unit, institutionId: id('body', unit) }] } });
  const officials = roles.filter((role) => !['institution', 'institution-head', 'auditor', ...administrators].includes(role)).flatMap((role) => homes.map((home) => at(role, home)));
  return [...officials, ...(['institution', 'institution-head'] as const).flatMap((role) => units.map((unit) => body(role, unit))), at('auditor', '960101'), ...administrators.map((role) => at(role, '970100'))];
}

const duty = (more: object) => ({ title: '事项', actor: 'district', receiver: 'district', copyTo: [], subject: 'institution', dueOn: '2023-04-15', limitOn: '2023-04-15', firm: true, because: '测试', form: null, checklist: null, clauses: [], missed: { consequence: null, clauses: [] }, ...more });
const stages = [{
  id: 'all', kind: 'enforcement', title: '全程', opensOn: '2023-03-01', closesOn: '2023-12-31', clauses: [], duties: [
    duty({ id: 'self-check-report', kind: 'self-check-report', actor: 'institution' }), duty({ id: 'site-check', kind: 'site-check', receiver: 'institution' }), duty({ id: 'notification', kind: 'notification', receiver: 'institution' }), duty({ id: 'local-plan', kind: 'local-plan', subject: 'unit' }),
  ],
}];

/** One row of every kind in every unit, each with the canary of its place. */
export async function lay(database: TestDatabase): Promise<void> {
  const sql = (text: string, values: unknown[]) => database.query('inspection', text, values);
  for (const lead of new Set(Object.values(leadOf))) {
    const campaign = id('camp', lead);
    await sql(`insert into campaign (id, name, pack, pack_version, pack_hash, calendar, jurisdiction, state, findings, agencies, made_at, made_by, concerns) values ($1, '测试行动', 'hangzhou/exam-campaign-2023', 1, 'h', 'c', $2, 'approved', '[]', '{"district":{"name":"辖区监督部门","level":"unit"}}', now(), 'x', $3)`, [campaign, lead, concernedBy(lead)]);
    for (const [ord, unit] of concernedBy(lead).entries()) {
      const [body, visit, name] = [id('body', unit), id('visit', unit), canary(unit)];
      const of = [campaign, unit];
      await sql(`insert into campaign_unit (id, campaign_id, unit, name, ord, state, stages, plan_text) values ($1, $2, $3, $4, $5, 'running', $6, $4)`, [id('unit', unit), ...of, name, ord, JSON.stringify(stages)]);
      await sql(`insert into moment (id, campaign_id, unit, ord, kind, stage, due_at, firm, clauses, state, done_at) values ($1, $2, $3, 0, 'open-stage', 'all', now(), true, '[]', 'done', now())`, [id('mom', unit), ...of]);
      await sql(`insert into institution_ref (institution_id, name, credit_code, kind, jurisdiction, address, invented, revision, filing) values ($1, $2, $2, 'health-examination', $3, $2, true, 1, '{"categories":[],"outreach":false,"filedOn":"2020-01-01","filedIn":"x","closedOn":null}')`, [body, name, unit]);
      await sql(`insert into roster (id, campaign_id, unit, digest, frozen_at, parts) values ($1, $2, $3, 'd', now(), 1)`, [id('ros', unit), ...of]);
      await sql(`insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at, reason) values ($1, $2, $3, 'in', '[]', now(), $4)`, [...of, body, name]);
      await sql(`insert into obligation (id, campaign_id, unit, stage, duty, kind, title, actor, receiver, institution_id, due_on, due_at, firm, clauses, missed) values ($1, $2, $3, 'all', 'self-check-report', 'self-check-report', $4, 'institution', 'district', $5, '2023-04-15', now(), true, '[]', '{}')`, [id('obl', unit), ...of, name, body]);
      await sql(`insert into obligation_entry (campaign_id, unit, obligation_id, what, at, actor) values ($1, $2, $3, 'opened', now(), $4)`, [...of, id('obl', unit), name]);
      await sql(`insert into notification (campaign_id, unit, institution_id, means, notified_on, note) values ($1, $2, $3, 'message', '2023-03-01', $4)`, [...of, body, name]);
      await sql(`insert into reminder (id, campaign_id, unit, duty, due_on, obligations, automatic, issued_at, actor) values ($1, $2, $3, $4, '2023-04-15', 1, true, now(), $4)`, [id('rem', unit), ...of, name]);
      await sql(`insert into self_check (id, campaign_id, unit, institution_id, report, state, items, no_problems, employers, workers, received_at, early, clauses, sealed_by) values ($1, $2, $3, $4, 1, 'submitted', '[]', true, 1, 1, now(), false, '[]', $5)`, [id('self', unit), ...of, body, name]);
      await sql(`insert into visit (id, campaign_id, unit, kind, institution_id, subject_name, filed_elsewhere, visit_on, inspectors, clauses) values ($1, $2, $3, 'site-check', $4, $5, false, '2023-05-01', '["甲","乙"]', '[]')`, [visit, ...of, body, name]);
      await sql(`insert into draw (id, visit_id, seed, pool, pool_sha256, size, result, clauses, drawn_at, actor) values ($1, $2, $3, '["a"]', 'x', 1, '["a"]', '[]', now(), 'x')`, [id('draw', unit), visit, name]);
      await sql(`insert into finding (id, campaign_id, unit, visit_id, institution_id, kind, text, serious, clauses) values ($1, $2, $3, $4, $5, 'other', $6, false, '[]')`, [id('find', unit), ...of, visit, body, name]);
      await sql(`insert into case_file (id, number, campaign_id, unit, visit_id, institution_id, subject_name, reason, clauses, filed_on) values ($1, $6, $2, $3, $4, $5, $6, $6, '[]', '2023-05-02')`, [id('case', unit), ...of, visit, body, name]);
      await sql(`insert into duty_record (id, campaign_id, unit, duty, kind, institution_id, done_on, note, issues, clauses, received_at, actor) values ($1, $2, $3, 'site-check', 'study', $4, '2023-05-01', $5, '[]', '[]', now(), 'x')`, [id('duty', unit), ...of, body, name]);
      await sql(`insert into measure_entry (id, campaign_id, unit, measure, kind, count, as_of, source, entered_at, actor) values ($1, $2, $3, 'm', 'health-examination', 1, '2023-05-01', $4, now(), 'x')`, [id('meas', unit), ...of, name]);
      await sql(`insert into flag (id, campaign_id, unit, institution_id, kind, ground, reason, clauses, raised_at, actor) values ($1, $2, $3, $4, 'leniency', 'g', $5, '[]', now(), 'x')`, [id('flag', unit), ...of, body, name]);
      await sql(`insert into sample_member (campaign_id, sample, unit, institution_id, how, reason, clauses, added_at) values ($1, 's', $2, $3, 'added', $4, '[]', now())`, [...of, body, name]);
      await sql(`insert into form_version (id, campaign_id, unit, form, version, content, sha256, sent_at, sent_by, receiver, note, summary) values ($1, $2, $3, 'HZ-F1', 1, '{}', 'x', now(), 'x', 'y', $4, $4)`, [id('form', unit), ...of, name]);
      await sql(`insert into certificate (id, kind, subject, jurisdiction, at, sha256, body, about) values ($1, 'k', 's', $2, now(), 'x', $3, array[$4])`, [id('cert', unit), unit, JSON.stringify({ name }), body]);
    }
  }
}
