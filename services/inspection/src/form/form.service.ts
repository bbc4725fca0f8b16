import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { stateAllows, type Principal } from '@zhijian/access';
import { newId, refuse } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { formSent } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { printedNotes, writeForm, type Cell } from '@zhijian/documents';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Form, Pack, PlannedDuty } from '@zhijian/policy';
import { notFound, PackShelf, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { actingRefused, groundOf } from '../campaign/agency.rules.js';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { takeUnit } from '../campaign/moment.store.js';
import { settleObligation } from '../campaign/obligation.store.js';
import { TargetQueries } from '../target/target.queries.js';
import { certifyForm, certifyTargets } from './form.evidence.js';
import { FormQueries } from './form.queries.js';
import { fill, printedCell, withoutWords, type FormRefusal, type KeptCell } from './form.rules.js';

export interface FormContent {
  form: string; title: string; unit: string; unitName: string; head: Record<string, string>; columns: Form['columns']; rows: Cell[][]; notes: string[]; remarks: { row: number; text: string }[];
}
/** What is kept of a form that was sent; words in it each by themselves. */
type KeptContent = Omit<FormContent, 'rows'> & { rows: KeptCell[][] };
interface Place { campaign: Campaign; unit: CampaignUnit; pack: Pack; form: Form; duty: PlannedDuty | undefined }
interface Which { campaignId: string; unit: string; form: string }

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The official forms: filled from the data, sent as frozen versions, supplemented later, printed as issued. */
@Injectable()
export class FormService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly queries: FormQueries, private readonly targets: TargetQueries) {}

  async show(which: Which, version: number | undefined) {
    const place = await this.place(which);
    if ('ok' in place) return place;
    const sent = version ? await this.queries.sent(which.campaignId, which.unit, which.form, version) : null;
    if (version && !sent) throw notFound('这一版表格');
    const draft = sent ? inPrintedOrder(printed(sent.content as KeptContent), place.form) : printed(await this.filled(place));
    return { draft, summary: sent?.summary ?? '', versions: await this.queries.versions(which.campaignId, which.unit, which.form), dueOn: place.duty?.dueOn ?? null, clauses: [...place.form.clauses], pack: packNameOf(place.campaign), calendar: place.campaign.calendar };
  }

  async download(which: Which, version: number | undefined): Promise<FileAnswer | Awaited<ReturnType<FormService['show']>>> {
    const place = await this.place(which);
    if ('ok' in place) return place;
    const shown = await this.show(which, version);
    if (!('draft' in shown)) return shown;
    const file = await writeForm(place.form, { head: shown.draft.head, rows: shown.draft.rows });
    return { file, fileName: `${shown.draft.unitName}${shown.draft.title}${version ? `（第${version}版）` : '（草稿）'}.xlsx`, type: xlsx };
  }

  /** Freezes what the form says now and sends it up; sending again is a supplement, never a replacement. */
  async send(which: Which, given: { filledBy: string; note: string; summary: string }, principal: Principal, by: Caller) {
    const place = await this.place(which);
    if ('ok' in place) return place;
    const { campaign, unit, form, duty, pack } = place;
    const targets = duty && ['summary', 'roll-up'].includes(duty.kind) ? await this.targets.list(which.campaignId, which.unit === wholeCampaign ? undefined : which.unit) : null;
    const done = await this.uow.run({ ...by, jurisdiction: which.unit === wholeCampaign ? campaign.jurisdiction : which.unit }, async (tx) => {
      const stranger = actingRefused(principal, duty?.actor ?? null, groundOf(campaign, which.unit, tx.now), [...form.clauses], { foreign: 'form-unit-foreign' });
      if (stranger) return stranger;
      if (!stateAllows(inspection.sendForm, { campaign: campaign.state })) return refuse<FormRefusal>('form-not-open', [], {}, { wrongState: true });
      await takeUnit(tx, which); // two sent at once are two versions
      const content = await this.filled(place, given.filledBy, tx);
      if (content.rows.length === 0 && form.rows === 'roster') return refuse<FormRefusal>('form-nothing', [...form.clauses], {}, { wrongState: true });
      const [before] = await tx.query<{ version: number }>('select coalesce(max(version), 0)::int as version from form_version where campaign_id = $1 and unit = $2 and form = $3', [which.campaignId, which.unit, which.form]);
      const version = (before?.version ?? 0) + 1;
      if (duty && ['summary', 'roll-up'].includes(duty.kind) && version === 1 && !given.summary.trim()) return refuse<FormRefusal>('form-summary-missing', [...duty.clauses], {}, { errors: [{ path: '/summary', message: '请填写工作总结' }] });
      const [settled] = duty ? await settleObligation(tx, pack, which.campaignId, which.unit, [duty.id], null, tx.now) : [];
      const body = JSON.stringify(content);
      const salt = randomBytes(32); // persons' names are in it: without it nobody can try out which
      const row = {
        formVersionId: newId(), version, sentAt: tx.now, sentBy: by.actor, receiver: receiverOf(campaign, duty), sha256: createHash('sha256').update(salt).update(body).digest('hex'), rows: content.rows.length,
        supplement: version > 1, late: settled?.late ?? null, note: given.note,
      };
      await tx.query('insert into form_version (id, campaign_id, unit, form, version, content, sha256, sent_at, sent_by, receiver, late, note, summary, salt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
        [row.formVersionId, which.campaignId, which.unit, which.form, version, body, row.sha256, row.sentAt, row.sentBy, row.receiver, row.late, row.note, given.summary, salt]);
      const policy = policyOf(campaign, [...new Set([...form.clauses, ...(duty?.clauses ?? [])])]);
      tx.fact(formSent, unit.unit === wholeCampaign ? campaign.jurisdiction : unit.unit, { campaignId: which.campaignId, unit: which.unit, form: which.form, formVersionId: row.formVersionId, version, receiver: row.receiver, sha256: row.sha256, rows: row.rows, policy });
      certifyForm(tx, pack, { ...which, form, formVersionId: row.formVersionId, version, sha256: row.sha256, receiver: row.receiver, supplement: row.supplement, clauses: policy.clauses, calendar: campaign.calendar }, form.rows === 'checked' ? await this.queries.subjects(which.campaignId, which.unit, tx) : []);
      if (targets) certifyTargets(tx, pack, which, row.formVersionId, targets);
      const { head: _persons, ...table } = { ...content, rows: withoutWords(content.rows) }; // who filled it in and what people wrote goes into no file of an auditor
      tx.note('form sent', row.formVersionId, policy, { form: which.form, version, sha256: row.sha256, table: sha256(canonicalJson(table)) });
      return { ...row, content, clauses: policy.clauses, pack: packNameOf(campaign), calendar: campaign.calendar };
    });
    return 'content' in done ? { ...done, content: printed(done.content) } : done;
  }

  private async filled({ campaign, unit, pack, form }: Place, filledBy = '', tx?: Tx): Promise<KeptContent> {
    const { rows, remarks } = fill(form, await this.queries.subjects(unit.campaignId, unit.unit, tx), pack);
    const unsent = unit.unit === wholeCampaign ? await this.queries.unsent(unit.campaignId, form.id, tx) : [];
    const reporter = unit.unit === wholeCampaign ? (campaign.agencies[Object.keys(campaign.agencies).find((id) => id === actorOf(unit)) ?? '']?.name ?? unit.name) : unit.name;
    const [first, second] = form.head;
    const head = Object.fromEntries(form.head.map((label) => [label, label === first ? reporter : label === second ? filledBy : '']));
    return {
      form: form.id, title: form.title, unit: unit.unit, unitName: reporter, head, columns: form.columns, rows, notes: printedNotes(form),
      remarks: [...remarks, ...(unsent.length ? [{ row: 0, text: `尚未报送：${unsent.join('、')}` }] : [])],
    };
  }

  private async place(which: Which) {
    const campaign = await this.dataSource.manager.findOneBy(Campaign, { id: which.campaignId });
    const unit = await this.dataSource.manager.findOneBy(CampaignUnit, { campaignId: which.campaignId, unit: which.unit });
    if (!campaign || !unit) throw notFound('这个填报单位的表格');
    const pack = await this.packs.get(packNameOf(campaign));
    const form = pack.forms[which.form];
    if (!form) return refuse<FormRefusal>('form-unknown', [], { form: which.form });
    if (form.rows === 'issues') return refuse<FormRefusal>('form-of-institution', [...form.clauses], { form: form.title });
    const duty = unit.stages.flatMap((stage) => stage.duties).find((one) => one.form === form.id);
    return { campaign, unit, pack, form, duty } satisfies Place;
  }
}

const printed = (content: KeptContent): FormContent => ({ ...content, rows: content.rows.map((row) => row.map(printedCell)) });

/** A kept version's head line in the order of the print: the database sorts keys. */
const inPrintedOrder = (content: FormContent, form: Form): FormContent => ({ ...content, head: Object.fromEntries(form.head.map((label) => [label, content.head[label] ?? ''])) });

const actorOf = (unit: CampaignUnit): string | null => unit.stages.flatMap((stage) => stage.duties)[0]?.actor ?? null;
const receiverOf = (campaign: Campaign, duty: PlannedDuty | undefined): string => campaign.agencies[duty?.receiver ?? '']?.name ?? duty?.receiver ?? '';
