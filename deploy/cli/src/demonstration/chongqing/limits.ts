import { inspection, qualification } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import { nameOf } from '../troupe.js';
import type { ColourYear } from './colours.js';
import type { Rectification } from './rectification.js';
import { cityOf } from './register.js';
import { otherwise, type Body } from './scenario.js';

/** By which day a body must have rectified, written by the agency case by case (限期整改): kept by one, missed by another, and looked at. */
export class Limits {
  constructor(private readonly colours: ColourYear, private readonly rectification: Rectification) {}

  of(fate: 'kept' | 'missed'): readonly Body[] {
    return this.colours.play.scenario.bodies.filter((body) => otherwise(body, this.colours.year).limit === fate);
  }

  async written(): Promise<string> {
    const { play } = this.colours;
    const { limitOn, reason, document } = play.scenario.data.limits;
    const duties = await this.rectification.duties();
    const done = await play.each('写明整改期限', [...this.of('kept'), ...this.of('missed')], async (body) => {
      const { rectificationId, version } = duties.get(play.idOf(body))!;
      const { limits } = await cityOf(play, 'commission').ask(inspection.limitRectification, { params: { rectificationId }, ifMatch: version, key: this.key('limit', body.number), body: { limitOn, reason, document } });
      play.journal.equal(`${body.name} 的整改期限由机关逐案写明`, limits.map(({ limitOn: on, basis }) => [on, basis]), [[limitOn, 'own-order']]);
    }, nameOf);
    return `写明整改期限 ${done} 家，至 ${limitOn} 期满（文件没有规定，由机关逐案写明）`;
  }

  /** Seen by the report that was accepted, whose problems are all solved. */
  async kept(): Promise<string> {
    const { play } = this.colours;
    const duties = await this.rectification.duties();
    const today = play.hands.today();
    const done = await play.each('核实已整改', this.of('kept'), async (body) => {
      const { rectificationId, version } = duties.get(play.idOf(body))!;
      const { verification } = await cityOf(play, 'commission').ask(inspection.verifyRectification, { params: { rectificationId }, ifMatch: version, key: this.key('verify', body.number), body: { rectifiedOn: today, verifiedBy: play.scenario.data.checks.inspectors, from: { kind: 'report' } } });
      play.journal.equal(`${body.name} 在期限内整改`, verification?.inTime, true);
    }, nameOf);
    return `核实按期整改 ${done} 家`;
  }

  /** As the day after the limit begins: who has not been seen to have rectified has missed it, and a review is opened. It revokes nothing. */
  async missed(): Promise<string> {
    const { play, year } = this.colours;
    const wanted = this.of('missed').map(nameOf).sort();
    const names = async () => (await this.rectification.reviews('rectification-missed')).map(({ institutionName }) => institutionName).sort();
    await eventually(async () => (await names()).length >= wanted.length);
    play.journal.equal(`${year.year} 年度限期未整改的转入资质审查`, await names(), wanted);
    play.journal.verified(`${year.year} 年度限期整改：按期 ${this.of('kept').length} 家，限期未整改 ${wanted.length} 家，转入资质审查`, JSON.stringify(await names()) === JSON.stringify(wanted));
    return `整改期限期满：限期未整改 ${wanted.length} 家，开启资质审查（不自动撤销）`;
  }

  async concluded(): Promise<string> {
    const { play } = this.colours;
    const { referred, procedure } = play.scenario.data.limits;
    const open = (await this.rectification.reviews('rectification-missed')).filter(({ state }) => state === 'open');
    const done = await play.each('办结限期未整改的资质审查', open, async ({ reviewId, version }) => {
      await cityOf(play, 'commission').ask(qualification.concludeReview, { params: { reviewId }, ifMatch: version, key: this.key('conclude', reviewId), body: { outcome: 'referred', reasons: referred, procedure } });
    }, ({ institutionName }) => institutionName);
    return `办结限期未整改的资质审查 ${done} 件，转入法定程序`;
  }

  private key(...parts: (string | number)[]): string {
    return this.colours.key('limit', ...parts);
  }
}
