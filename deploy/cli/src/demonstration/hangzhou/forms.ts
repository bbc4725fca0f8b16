import { inspection } from '@zhijian/contracts/http';
import { fenOf } from '@zhijian/documents';
import { formColumns, type Pack } from '@zhijian/policy';
import type { UnitExpected } from './expected.js';
import { nameOf } from '../play.js';
import type { Unit, Play } from './scenario.js';

/** The pack's forms by what they are for. */
export interface Forms { one: string; two: string; pack: Pack }

export function formsOf(pack: Pack): Forms {
  const duties = pack.campaign?.stages.flatMap((stage) => stage.duties) ?? [];
  const of = (kind: string): string => duties.find((duty) => duty.kind === kind)?.form ?? '';
  return { one: of('self-check-form'), two: of('summary'), pack };
}

type Row = readonly (string | number | null)[];

/** The fines of a filled form, in fen; the form prints ten thousands of yuan. */
export function finesIn({ pack, two }: Forms, rows: readonly Row[]): number {
  const form = pack.forms[two];
  const at = form ? formColumns(form).findIndex(({ source }) => source === 'sanction:fine-wan') : -1;
  return rows.reduce((sum, row) => sum + fenOf(row[at] ?? 0), 0);
}

export function formOneSent(play: Play, units: readonly Unit[], forms: Forms, expected: readonly UnitExpected[], { late }: { late: boolean }): Promise<number> {
  return play.each('报送附表1', units, async ({ code, name }) => {
    const sent = await send(play, code, forms.one, 'form-1');
    play.journal.equal(`${name} 附表1 行数、是否逾期`, [sent.rows, sent.late], [of(expected, code).formOneRows, late]);
  }, nameOf);
}

/** A later version beside the first: never in its place. */
export function formOneSupplemented(play: Play, units: readonly Unit[], forms: Forms): Promise<number> {
  return play.each('补充附表1', units, async ({ code, name }) => {
    const sent = await send(play, code, forms.one, 'form-1-supplement', { supplement: true });
    play.journal.equal(`${name} 附表1 补充`, [sent.version, sent.supplement], [2, true]);
  }, nameOf);
}

export function formTwoSent(play: Play, units: readonly Unit[], forms: Forms, expected: readonly UnitExpected[]): Promise<number> {
  return play.each('报送附表2和总结', units, async ({ code, name }) => {
    const sent = await send(play, code, forms.two, 'form-2', { summary: play.scenario.data.sample.summary });
    const { formTwoRows, fines } = of(expected, code);
    play.journal.equal(`${name} 附表2 行数、罚款`, [sent.rows, finesIn(forms, sent.content.rows)], [formTwoRows, fines]);
  }, nameOf);
}

export async function formTwoSupplemented(play: Play, unit: Unit, forms: Forms, expected: readonly UnitExpected[]): Promise<void> {
  const sent = await send(play, unit.code, forms.two, 'form-2-supplement', { supplement: true });
  play.journal.equal(`${unit.name} 附表2 补充后的罚款`, [sent.version, finesIn(forms, sent.content.rows)], [2, of(expected, unit.code).finesLater]);
}

/** The city's roll-up: a body and a sanction once, however many districts report it. */
export async function rolledUp(play: Play, forms: Forms, { rows, fines }: { rows: number; fines: number }, name: 'roll-up' | 'roll-up-supplement'): Promise<void> {
  const sent = await send(play, '*', forms.two, name, { summary: play.scenario.data.sample.rollUp, supplement: name !== 'roll-up' });
  play.journal.equal('全市汇总 行数、罚款', [sent.rows, finesIn(forms, sent.content.rows)], [rows, fines]);
}

const of = (expected: readonly UnitExpected[], unit: string): UnitExpected => expected.find(({ code }) => code === unit)!;

function send(play: Play, unit: string, form: string, key: string, { summary = '', supplement = false }: { summary?: string; supplement?: boolean } = {}) {
  const { filledBy, sample } = play.scenario.data;
  const caller = unit === '*' ? play.lead : play.officer(unit);
  return caller.ask(inspection.sendForm, { params: { campaignId: play.campaignId, unit, form }, key: play.key(key, unit === '*' ? 'city' : unit), body: { filledBy, note: supplement ? sample.supplement : sample.note, summary } });
}
