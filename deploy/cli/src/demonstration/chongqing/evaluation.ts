import { qualityControl } from '@zhijian/contracts/http';
import type { InstitutionKind } from '@zhijian/policy';
import type { Scene } from '../drama.js';
import { everyPage } from '../pages.js';
import { sheetsExpected } from './expected.js';
import { cityOf, digest } from './register.js';
import { isIdle, withLine, type Basis, type Body, type Play, type Profile } from './scenario.js';
import { cellAt, read, write, type Line } from './sheet.js';

interface Scored { readonly body: Body; readonly profile: Profile }
/** Titles of the table of scores, as it is downloaded. */
const columns = { code: '统一社会信用代码', served: '当年开展服务（是/否）', item: '指标编号', text: '指标内容', score: '得分', notApplicable: '不适用（是/否）', key: '关键项合格（是/否）' } as const;

/** The yearly evaluation of each line of a basis year: opened, scored from a table and on screen, looked at, signed. */
export function evaluationScenes(play: Play, basis: Basis): Scene[] {
  return basis.lines.flatMap((line): Scene[] => {
    const plan = new OnePlan(play, basis, line as InstitutionKind);
    return [
      { on: basis.opened, scene: () => plan.opened() }, { on: basis.imported, scene: () => plan.imported() },
      { on: basis.looked, scene: () => plan.lookedAt() }, { on: basis.signed, scene: () => plan.signed() },
    ];
  });
}

class OnePlan {
  private planId = '';
  private readonly those: Scored[];

  constructor(private readonly play: Play, private readonly basis: Basis, private readonly line: InstitutionKind) {
    this.those = withLine(play.scenario, line, basis.year);
  }

  async opened(): Promise<string> {
    const { indicatorPack, indicatorSet, jurisdiction } = this.play.scenario.data;
    const { planId, title } = await this.centre.ask(qualityControl.openEvaluation, { key: this.key('open'), body: { jurisdiction, year: this.basis.year, line: this.line, pack: indicatorPack, set: indicatorSet } });
    this.planId = planId;
    return `${this.basis.year} 年度绩效评估开展（${this.line}，${title}）`;
  }

  /** Downloaded, filled in, handed back: once with a score the grid does not have, which is shown with its cell and not taken over; then as it should be. A few are scored on screen. */
  async imported(): Promise<string> {
    const { play, planId } = this;
    const { data } = play.scenario;
    const params = { planId };
    const onScreen = this.those.filter(({ profile }) => profile.sheet === data.onScreen.sheet).slice(0, data.onScreen.bodies);
    const table = await read(await play.api.download(`/api/v1/evaluation-plans/${planId}/score-table`, data.people.centre, data.jurisdiction));
    const lines = this.filled(table.lines, this.those.filter((one) => !onScreen.includes(one)));
    await this.refused(table, lines);
    const file = await write(table.name, table.titles, lines);
    const shown = await this.centre.ask(qualityControl.importScores, { params, query: { fileName: '评分表（演示）.xlsx' }, file, key: this.key('import', digest(file)) });
    play.journal.equal(`${this.line} 评分表没有错误`, [shown.faults, shown.rows], [0, lines.length]);
    const done = await this.centre.ask(qualityControl.confirmScoreImport, { params: { importId: shown.importId }, key: this.key('confirm', shown.importId) });
    play.journal.equal(`${this.line} 评分录入`, (done.entered ?? 0) + (done.unchanged ?? 0) + (done.passedOver ?? 0), this.those.length - onScreen.length);
    await play.each('现场填写评分表', onScreen, (one) => this.scoredOnScreen(one), ({ body }) => body.name);
    const sheets = await this.sheets('draft', true);
    if (sheets.length) await this.centre.ask(qualityControl.submitEvaluations, { params, key: this.key('submit'), body: { sheets } });
    return `${this.basis.year} 年度评分（${this.line}）：表格导入 ${shown.bodies} 家，现场填写 ${onScreen.length} 家，提交复核 ${sheets.length} 家`;
  }

  /** A second person looks at every sheet. */
  async lookedAt(): Promise<string> {
    const sheets = await this.sheets('submitted');
    if (sheets.length) await cityOf(this.play, 'expert').ask(qualityControl.lookAtEvaluations, { params: { planId: this.planId }, key: this.key('look'), body: { sheets } });
    return `${this.basis.year} 年度评分（${this.line}）：复核 ${sheets.length} 家`;
  }

  /** Another one signs; every score against the data. */
  async signed(): Promise<string> {
    const { play, basis, line } = this;
    const sheets = await this.sheets('looked');
    if (sheets.length) await cityOf(play, 'approver').ask(qualityControl.signEvaluations, { params: { planId: this.planId }, key: this.key('sign'), body: { sheets } });
    const expected = sheetsExpected(play.scenario, basis, line);
    const scores = await everyPage((cursor) => this.centre.ask(qualityControl.listSignedScores, { query: { year: basis.year, line, limit: 500, ...(cursor ? { cursor } : {}) } }));
    const wanted = play.scenario.bodies.flatMap((body) => (expected.signed.has(body.number) ? [[play.idOf(body), expected.signed.get(body.number)]] : [])).sort();
    play.journal.equal(`${basis.year} 年度评分（${line}）逐家相符`, scores.map(({ institutionId, score }) => [institutionId, score]).sort(), wanted);
    return `${basis.year} 年度评分（${line}）：审签 ${wanted.length} 家${expected.unfinished.length ? `，${expected.unfinished.length} 家没有填完` : ''}`;
  }

  /** The lines of those who are in it: their scores, or one line that there was no service. */
  private filled(template: readonly Line[], those: readonly Scored[]): Line[] {
    const { sheets, judged } = this.play.scenario.data;
    const byCode = Map.groupBy(template, (line) => line[columns.code]);
    return those.flatMap(({ body, profile }): Line[] => {
      const own = byCode.get(body.creditCode) ?? [];
      if (isIdle(profile)) return own.slice(0, 1).map((line) => ({ ...line, [columns.served]: '否', [columns.item]: null, [columns.text]: null }));
      const scores: readonly (string | null)[] = sheets[profile.sheet as keyof typeof sheets];
      return own.slice(0, scores.length).map((line, at) => ({ ...line, [columns.score]: scores[at] ?? null, [columns.notApplicable]: scores[at] === null ? '是' : null, [columns.key]: line[columns.item] === judged ? '是' : null }));
    });
  }

  /** The same table with one score too fine for the grid: shown with its cell, and nothing of it confirmed. */
  private async refused({ name, titles }: { name: string; titles: readonly string[] }, lines: readonly Line[]): Promise<void> {
    const at = lines.findIndex((line) => line[columns.score] !== null);
    const wrong = await write(name, titles, lines.map((line, place) => (place === at ? { ...line, [columns.score]: this.play.scenario.data.tooFine } : line)));
    const shown = await this.centre.ask(qualityControl.importScores, { params: { planId: this.planId }, query: { fileName: '评分表（有一处错误）.xlsx' }, file: wrong, key: this.key('wrong', digest(wrong)) });
    this.play.journal.equal(`${this.line} 评分表的一处错误指到单元格`, [shown.faults, shown.errors.map(({ path }) => path), shown.state], [1, [cellAt(name, titles, columns.score, at)], 'preview']);
  }

  private async scoredOnScreen({ body, profile }: Scored): Promise<void> {
    const { play, planId } = this;
    const { onScreen, sheets } = play.scenario.data;
    const { indicators } = await this.centre.ask(qualityControl.getEvaluationPlan, { params: { planId } });
    const scores = sheets[profile.sheet as keyof typeof sheets] as string[];
    const entries = indicators.items.map(({ id, key }, at) => ({ item: id, score: scores[at]!, note: onScreen.note, ...(key ? { failed: false } : {}) }));
    await this.centre.ask(qualityControl.beginEvaluation, { params: { planId }, key: this.key('sheet', body.number), body: { institutionId: play.idOf(body), served: true, entries } });
  }

  private async sheets(state: 'draft' | 'submitted' | 'looked', whole = false): Promise<{ evaluationId: string; version: number }[]> {
    const all = await everyPage((cursor) => this.centre.ask(qualityControl.listEvaluatedBodies, { params: { planId: this.planId }, query: { state, limit: 500, ...(cursor ? { cursor } : {}) } }));
    return all.filter(({ missing }) => !whole || missing === 0).map(({ evaluationId, version }) => ({ evaluationId: evaluationId!, version: version! }));
  }

  private get centre() {
    return cityOf(this.play, 'centre');
  }

  private key(...parts: (string | number)[]): string {
    return this.play.key('evaluation', this.basis.year, this.line, ...parts);
  }
}
