import { qualityControl } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import { nameOf } from '../troupe.js';
import type { ColourYear } from './colours.js';
import { monitoringDays, owedMonitoring } from './expected.js';
import { cityOf } from './register.js';

/** Quality monitoring by colour: what red demands, some of what yellow permits, the summary, and what was owed and not done. */
export class Monitoring {
  constructor(private readonly colours: ColourYear) {}

  async made(on: string): Promise<string> {
    const { play, year, expected } = this.colours;
    const { members, problem, result } = play.scenario.data.monitoring;
    const today = play.scenario.bodies.filter((body) => monitoringDays(play.scenario, year, body, expected).includes(on));
    const done = await play.each('质量监测', today, async (body) => {
      await cityOf(play, 'centre').ask(qualityControl.recordMonitoring, {
        key: this.colours.key('monitoring', body.number, on), body: { institutionId: play.idOf(body), jurisdiction: play.scenario.data.jurisdiction, visitedOn: on, members, problems: [problem], result },
      });
    }, nameOf);
    return `质量监测 ${done} 家`;
  }

  async summarised(): Promise<string> {
    const { play, year } = this.colours;
    const params = { jurisdiction: play.scenario.data.jurisdiction, year: String(year.year) };
    const { monitoringText, note } = play.scenario.data.summary;
    const { version, receiver } = await cityOf(play, 'centre').ask(qualityControl.sendMonitoringSummary, { params, key: this.colours.key('monitoring-summary'), body: { summary: monitoringText, note } });
    return `${year.year} 年度分类质量监测总结报送${receiver}（第 ${version} 版）`;
  }

  /** As the next year begins: what monitoring owed and has not done, with the run. */
  async yearEnded(): Promise<string> {
    const { play, year, expected } = this.colours;
    play.journal.expect(`${year.year} 年度赋色在年末了结`, await eventually(async () => (await this.colours.run()).yearEnd !== null));
    const { yearEnd } = await this.colours.run();
    const owed = owedMonitoring(play.scenario, year, expected);
    play.journal.equal(`${year.year} 年度应监测而未监测逐家相符`, (yearEnd?.monitoring ?? []).map((one) => [one.name, one.owed - one.done]).sort(), owed.map(({ name, owed: left }) => [name, left]).sort());
    return `${year.year} 年度结束，应监测而未监测的 ${owed.length} 家列入清单`;
  }
}
