import { Injectable } from '@nestjs/common';
import { dayOf } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { printedNotes, writeForm } from '@zhijian/documents';
import type { Form, Pack, PlannedDuty } from '@zhijian/policy';
import { notFound, PackShelf, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf } from '../campaign/campaign.shown.js';
import type { Issue } from '../duty/duty.rules.js';
import type { SelfCheckItem } from '../self-check/self-check.entity.js';
import type { FormRefusal } from './form.rules.js';
import type { FormContent } from './form.service.js';
import { issueRows, type IssueLine } from './issue-sheet.rules.js';

interface Which { campaignId: string; institutionId: string; form: string }
interface Place { campaign: Campaign; pack: Pack; form: Form; duty: PlannedDuty | undefined; body: { name: string; unit: string } }
interface Reported { lines: IssueLine[]; at: Date | null }
export interface InstitutionForm { draft: FormContent; reportedAt: string | null; dueOn: string | null; clauses: string[]; pack: string; calendar: string }
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The form that goes with one body's report or list, filled from what it reported last. */
@Injectable()
export class InstitutionFormQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  async show(which: Which): Promise<InstitutionForm | Refused<FormRefusal>> {
    const place = await this.place(which);
    if ('ok' in place) return place;
    const { campaign, form, duty, body, pack } = place;
    const { lines, at } = duty?.kind === 'self-check-report' ? await this.selfChecked(which, body.name) : await this.recorded(which, duty?.id ?? '', body.name);
    const [first, second] = form.head;
    const head = Object.fromEntries(form.head.map((label) => [label, label === first ? body.name : label === second && at ? dayOf(at) : '']));
    const checklist = duty?.checklist ? pack.checklists[duty.checklist] : undefined;
    const remarks = at ? [] : [{ row: 0, text: '该机构尚未报送' }];
    return {
      draft: { form: form.id, title: form.title, unit: body.unit, unitName: body.name, head, columns: form.columns, rows: issueRows(form, lines, checklist), notes: printedNotes(form), remarks },
      reportedAt: at && at.toISOString(), dueOn: duty?.dueOn ?? null, clauses: [...form.clauses], pack: packNameOf(campaign), calendar: campaign.calendar,
    };
  }

  async download(which: Which): Promise<FileAnswer | Refused<FormRefusal>> {
    const place = await this.place(which);
    if ('ok' in place) return place;
    const shown = await this.show(which);
    if ('ok' in shown) return shown;
    return { file: await writeForm(place.form, { head: shown.draft.head, rows: shown.draft.rows }), fileName: `${place.body.name}${place.form.title}.xlsx`, type: xlsx };
  }

  private async place({ campaignId, institutionId, form: id }: Which): Promise<Place | Refused<FormRefusal>> {
    const [row] = await this.dataSource.query<{ name: string; unit: string }[]>(
      `select i.name, m.unit from roster_member m join institution_ref i on i.institution_id = m.institution_id where m.campaign_id = $1 and m.institution_id = $2 order by m.state = 'in' desc limit 1`, [campaignId, institutionId]);
    const campaign = await this.dataSource.manager.findOneBy(Campaign, { id: campaignId });
    if (!campaign || !row) throw notFound('这家机构');
    const pack = await this.packs.get(packNameOf(campaign));
    const form = pack.forms[id];
    if (!form) return refuse<FormRefusal>('form-unknown', [], { form: id });
    if (form.rows !== 'issues') return refuse<FormRefusal>('form-of-unit', [...form.clauses], { form: form.title });
    const unit = await this.dataSource.manager.findOneByOrFail(CampaignUnit, { campaignId, unit: row.unit });
    return { campaign, pack, form, duty: [...unit.stages, ...unit.milestones].flatMap(({ duties }) => duties).find((duty) => duty.form === id), body: row };
  }

  private async selfChecked({ campaignId, institutionId }: Which, institutionName: string): Promise<Reported> {
    const [row] = await this.dataSource.query<{ items: SelfCheckItem[]; at: Date }[]>(
      `select items, received_at as at from self_check where campaign_id = $1 and institution_id = $2 and state <> 'superseded'`, [campaignId, institutionId]);
    const lines = (row?.items ?? []).map((item): IssueLine => ({
      institutionName, item: item.checklistItem, class: item.class ?? null, standard: '', text: item.text, cause: '', measure: item.measure ?? '', responsible: item.responsible ?? '', due: item.acceptedBy ?? item.correctBy, correctedOn: item.correctedOn,
    }));
    return { lines, at: row?.at ?? null };
  }

  private async recorded({ campaignId, institutionId }: Which, duty: string, institutionName: string): Promise<Reported> {
    const [row] = await this.dataSource.query<{ issues: Issue[]; at: Date }[]>(
      `select issues, received_at as at from duty_record where campaign_id = $1 and institution_id = $2 and duty = $3 and state = 'current'`, [campaignId, institutionId, duty]);
    return { lines: (row?.issues ?? []).map((issue): IssueLine => ({ ...issue, institutionName, class: null })), at: row?.at ?? null };
  }
}
