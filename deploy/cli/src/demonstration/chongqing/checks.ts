import { inspection } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import { everyPage } from '../pages.js';
import { nameOf } from '../troupe.js';
import type { ColourYear } from './colours.js';
import { owedVisits, visitDays } from './expected.js';
import { cityOf } from './register.js';
import type { Body } from './scenario.js';

/** Checks on site by colour, a complaint whatever the colour, and what was owed and not done when the year has ended. */
export class Checks {
  constructor(private readonly colours: ColourYear) {}

  /** Planned checks of one day, by two officers. */
  async made(on: string): Promise<string> {
    const { play, year, expected } = this.colours;
    const today = play.scenario.bodies.filter((body) => visitDays(play.scenario, year, body, expected).includes(on));
    const { inspectors, problem, result, fine } = play.scenario.data.checks;
    const done = await play.each('计划检查', today, async (body) => {
      const found = expected.signed.get(body.number) === 'red';
      const check = await this.record(body, on, { origin: 'planned', inspectors, problems: found ? [problem] : [], result: found ? result : fine });
      play.journal.equal(`${body.name} 计划检查按颜色应当进行`, check.ruling, 'required');
    }, nameOf);
    return `计划检查 ${done} 家`;
  }

  /** A green body is not visited on plan; a complaint about it is followed up all the same. */
  async complained(): Promise<string> {
    const { play, expected } = this.colours;
    const { complaint, inspectors } = play.scenario.data.checks;
    const green = play.scenario.bodies.find(({ number }) => expected.last.get(number) === 'green')!;
    const check = await this.record(green, complaint.on, { origin: 'complaint', inspectors, problems: [], result: complaint.result, complaint: complaint.number });
    play.journal.equal('绿色机构的投诉举报照常检查', [check.colour, check.ruling], ['green', 'by-complaint-rules']);
    return `投诉举报检查：${green.name}（绿色），按投诉举报的要求办理，不计入计划检查`;
  }

  /** Filled from the data, sent as a frozen version. */
  async summarised(): Promise<string> {
    const { play, year } = this.colours;
    const params = { jurisdiction: play.scenario.data.jurisdiction, year: String(year.year) };
    const { text, note } = play.scenario.data.summary;
    const { version, receiver } = await cityOf(play, 'commission').ask(inspection.sendInspectionSummary, { params, key: this.colours.key('summary'), body: { summary: text, note } });
    return `${year.year} 年度分类监督执法总结报送${receiver}（第 ${version} 版）`;
  }

  /** As the next year begins: the list of what was owed and not done, frozen. */
  async yearEnded(): Promise<string> {
    const { play, year, expected } = this.colours;
    const ask = () => cityOf(play, 'commission').ask(inspection.getColourYear, { params: { jurisdiction: play.scenario.data.jurisdiction, year: String(year.year) } });
    play.journal.expect(`${year.year} 年度检查清单在年末冻结`, await eventually(async () => (await ask()).yearEnd !== null));
    const { yearEnd, months } = await ask();
    const items = (yearEnd?.items ?? []).map(({ institutionName, owed }) => ({ name: institutionName, owed })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const wanted = owedVisits(play.scenario, year, expected);
    play.journal.equal(`${year.year} 年度应检查而未检查逐家相符`, items, wanted);
    const planned = months.reduce((sum, month) => sum + month.planned, 0);
    play.journal.equal(`${year.year} 年度计划检查次数`, planned, play.scenario.bodies.reduce((sum, body) => sum + visitDays(play.scenario, year, body, expected).length, 0));
    play.journal.verified(`${year.year} 年末：计划检查 ${planned} 次，应检查而未检查 ${wanted.length} 家，列出清单`, JSON.stringify(items) === JSON.stringify(wanted));
    return `${year.year} 年度结束，应检查而未检查的 ${wanted.length} 家列入清单`;
  }

  /** Every body's quota as it stands, by colour. */
  async quotas() {
    const { play, year } = this.colours;
    return everyPage((cursor) => cityOf(play, 'commission').ask(inspection.listQuotas, { params: { jurisdiction: play.scenario.data.jurisdiction, year: String(year.year) }, query: { limit: 500, ...(cursor ? { cursor } : {}) } }));
  }

  private record(body: Body, visitedOn: string, said: { origin: 'planned' | 'complaint'; inspectors: string[]; problems: string[]; result: string; complaint?: string }) {
    const { play } = this.colours;
    return cityOf(play, 'inspector').ask(inspection.recordCheck, { key: this.colours.key('check', body.number, visitedOn, said.origin), body: { ...said, institutionId: play.idOf(body), jurisdiction: play.scenario.data.jurisdiction, visitedOn } });
  }
}
