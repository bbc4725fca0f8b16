import { inspection, qualification, type AnswerOf } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import { everyPage } from '../pages.js';
import { nameOf } from '../troupe.js';
import type { ColourYear } from './colours.js';
import { cityOf } from './register.js';
import { otherwise, sendingOf, type Body } from './scenario.js';

type Duty = AnswerOf<typeof inspection.listRectifications>['items'][number];

/** Rectification reports of a year: in time, on paper, returned and handed in again, late, and never. */
export class Rectification {
  constructor(private readonly colours: ColourYear) {}

  /** Whoever's published colour obliges owes a report, by the day counted from the publication. */
  async ordered(): Promise<string> {
    const { play, year } = this.colours;
    const owed = this.owing.filter((body) => !['open', 'changed'].includes(otherwise(body, year).objects ?? ''));
    await eventually(async () => (await this.duties()).size >= owed.length);
    const duties = [...(await this.duties()).values()];
    play.journal.equal(`${year.year} 年度应提交整改报告的逐家相符`, duties.map(({ institutionName, dueOn }) => [institutionName, dueOn]).sort(), owed.map(({ name }) => [name, year.due]).sort());
    return `${year.year} 年度应提交整改报告 ${owed.length} 家，至 ${year.due} 期满`;
  }

  /** Reports that come in on this day: by the bodies themselves, or entered from their sealed paper. */
  async reported(on: string): Promise<string> {
    const { play, year } = this.colours;
    const { reports, resent } = year;
    const first = this.owing.filter((body) => ['in-time', 'returned', 'paper'].includes(sendingOf(body, year)) && (sendingOf(body, year) === 'returned' ? reports[0] : reports[body.number % reports.length]) === on);
    const again = on === resent ? this.owing.filter((body) => sendingOf(body, year) === 'returned') : [];
    const duties = await this.duties();
    const done = await play.each('提交整改报告', first, (body) => this.send(body, duties, on), nameOf);
    const more = await play.each('重新提交整改报告', again, (body) => this.send(body, duties, `${on}-again`), nameOf);
    return `提交整改报告 ${done} 份${more ? `，退回后重新提交 ${more} 份` : ''}`;
  }

  async returned(): Promise<string> {
    const { play, year } = this.colours;
    const duties = await this.duties();
    const done = await play.each('退回整改报告', this.owing.filter((body) => sendingOf(body, year) === 'returned'), async (body) => {
      const { rectificationId, version, state } = duties.get(play.idOf(body))!;
      if (state === 'submitted') await cityOf(play, 'commission').ask(inspection.returnRectification, { params: { rectificationId }, ifMatch: version, key: this.key('return', body.number), body: { reasons: play.scenario.data.rectification.returned } });
    }, nameOf);
    return `退回整改报告 ${done} 份，说明理由`;
  }

  /** Everything that waits to be decided is accepted. */
  async accepted(): Promise<string> {
    const { play } = this.colours;
    const waiting = [...(await this.duties()).values()].filter(({ state }) => state === 'submitted');
    const done = await play.each('通过整改报告', waiting, async ({ rectificationId, version }) => {
      await cityOf(play, 'commission').ask(inspection.acceptRectification, { params: { rectificationId }, ifMatch: version, key: this.key('accept', rectificationId, version), body: { note: '' } });
    }, ({ institutionName }) => institutionName);
    return `通过整改报告 ${done} 份`;
  }

  /** As the day after the due one begins: who has handed in nothing is overdue, and a review is opened. It revokes nothing. */
  async overdue(): Promise<string> {
    const { play, year, expected } = this.colours;
    const wanted = expected.overdue.map(({ name }) => name).sort();
    const names = async (): Promise<string[]> => [...(await this.duties()).values()].filter(({ overdueAt }) => overdueAt !== null).map(({ institutionName }) => institutionName).sort();
    await eventually(async () => (await names()).length >= wanted.length);
    const duties = [...(await this.duties()).values()];
    play.journal.equal(`${year.year} 年度逾期未报逐家相符`, await names(), wanted);
    play.journal.equal(`${year.year} 年度整改报告的期限`, [...new Set(duties.filter(({ overdueAt }) => overdueAt !== null).map(({ dueOn }) => dueOn))], wanted.length ? [year.due] : []);
    const opened = async () => (await this.reviews()).map(({ institutionName }) => institutionName).sort();
    await eventually(async () => (await opened()).length >= wanted.length);
    play.journal.equal(`${year.year} 年度逾期的转入资质审查`, await opened(), wanted);
    return `整改报告期满：应提交 ${duties.filter(({ state }) => state !== 'released').length} 家，逾期 ${wanted.length} 家，开启资质审查（不自动撤销）`;
  }

  /** After the day had ended: late, and weighed as such. */
  async late(): Promise<string> {
    const { play, year } = this.colours;
    const duties = await this.duties();
    const done = await play.each('逾期提交整改报告', this.owing.filter((body) => sendingOf(body, year) === 'late'), (body) => this.send(body, duties, 'late'), nameOf);
    const after = await this.duties();
    play.journal.equal('逾期提交的仍记为逾期', [...after.values()].filter(({ late }) => late === true).length, done);
    return `逾期提交整改报告 ${done} 份；${await this.accepted()}`;
  }

  /** Reviews are concluded by whoever issued the qualification; what is another authority's is handed on. */
  async concluded(): Promise<string> {
    const { play, year } = this.colours;
    const { kept, referred, procedure } = play.scenario.data.reviews;
    const open = (await this.reviews()).filter(({ state }) => state === 'open');
    const isLate = (institutionId: string): boolean => this.owing.some((body) => play.idOf(body) === institutionId && sendingOf(body, year) === 'late');
    const done = await play.each('办结资质审查', open, async ({ reviewId, version, institutionId }) => {
      const keep = isLate(institutionId);
      await cityOf(play, 'commission').ask(qualification.concludeReview, { params: { reviewId }, ifMatch: version, key: this.key('conclude', reviewId), body: keep ? { outcome: 'kept', reasons: kept, procedure: null } : { outcome: 'referred', reasons: referred, procedure } });
    }, ({ institutionName }) => institutionName);
    return `办结 ${year.year} 年度的资质审查 ${done} 件`;
  }

  /** How it ended, body by body. */
  async held(): Promise<void> {
    const { play, year } = this.colours;
    const boards = { 'in-time': 'accepted', returned: 'accepted', paper: 'accepted', late: 'accepted', missing: 'overdue' } as const;
    const got = [...(await this.duties()).values()].map(({ institutionName, board }) => [institutionName, board]).sort();
    play.journal.equal(`${year.year} 年度整改报告逐家相符`, got, this.owing.map((body) => [body.name, boards[sendingOf(body, year)]]).sort());
    play.journal.verified(`${year.year} 年度整改报告：应提交 ${this.owing.length} 家，通过 ${got.filter(([, board]) => board === 'accepted').length} 家，逾期未报 ${got.filter(([, board]) => board === 'overdue').length} 家`, got.length === this.owing.length);
  }

  private async send(body: Body, duties: ReadonlyMap<string, Duty>, when: string): Promise<void> {
    const { play, year } = this.colours;
    const { summary, items, sealedBy, paper } = play.scenario.data.rectification;
    const { rectificationId } = duties.get(play.idOf(body))!;
    const onPaper = sendingOf(body, year) === 'paper';
    const today = play.hands.today();
    const report = { summary, items: items.map((item) => ({ ...item, correctedOn: today, correctBy: null })), sealedBy, onBehalf: onPaper ? { receivedOn: today, reason: paper } : null };
    const caller = onPaper ? cityOf(play, 'commission') : play.body(body);
    await caller.ask(inspection.submitRectification, { params: { rectificationId }, key: this.key('report', body.number, when), body: report });
  }

  /** Duties of the year by body; the list is filled by facts, which arrive within moments of the publication. */
  async duties(): Promise<Map<string, Duty>> {
    const { play, year } = this.colours;
    const items = await everyPage((cursor) => cityOf(play, 'commission').ask(inspection.listRectifications, { query: { jurisdiction: play.scenario.data.jurisdiction, year: year.year, limit: 500, ...(cursor ? { cursor } : {}) } }));
    return new Map(items.map((item) => [item.institutionId, item]));
  }

  /** Reviews of the year that were opened on a ground. */
  async reviews(ground: 'rectification-overdue' | 'rectification-missed' = 'rectification-overdue') {
    const { play, year } = this.colours;
    const items = await everyPage((cursor) => cityOf(play, 'commission').ask(qualification.listReviews, { query: { limit: 500, ...(cursor ? { cursor } : {}) } }));
    return items.filter((review) => review.year === year.year && review.ground === ground);
  }

  private get owing(): readonly Body[] {
    return this.colours.expected.owing;
  }

  private key(...parts: (string | number)[]): string {
    return this.colours.key('rectification', ...parts);
  }
}
