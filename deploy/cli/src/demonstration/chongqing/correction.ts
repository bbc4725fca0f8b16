import { inspection, publication, qualityControl } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import type { ColourYear } from './colours.js';
import { cityOf } from './register.js';
import { otherwise, type Body } from './scenario.js';

/** A comparison result that turns out wrong after the colours are public: everything that follows, two persons, a notice of its own, an erratum. */
export class Correction {
  constructor(private readonly colours: ColourYear) {}

  async drafted(): Promise<string> {
    const { play, runId } = this.colours;
    const { result, reason, effects } = this.data;
    const draft = await cityOf(play, 'centre').ask(qualityControl.draftColourCorrection, {
      key: this.key('draft'), body: { runId, institutionId: play.idOf(this.body), line: this.body.lines[0]!, because: 'correction', objectionId: null, change: { kind: 'comparison', result }, reason },
    });
    play.journal.equal('更正随之改变的一切都列出', [...new Set(draft.effects.map(({ what }) => what))].sort(), [...effects].sort());
    const decided = await cityOf(play, 'approver').ask(qualityControl.decideColourCorrection, { params: { correctionId: draft.correctionId }, key: this.key('decide'), body: { outcome: 'accepted', digest: draft.digest, reason } });
    play.journal.equal('更正由另一人决定', [decided.state, decided.draftedBy === decided.decidedBy], ['accepted', false]);
    return `更正一项比对结果：列出影响 ${draft.effects.length} 项，由另一人决定`;
  }

  async posted(): Promise<string> {
    const notice = await this.colours.put(await this.colours.draft('correction'), this.data.explanation);
    return `${notice.title}：${notice.entries} 家，公示至 ${notice.lastDay}`;
  }

  /** Published with what stood before and why; quotas follow, and what was done stays. */
  async published(): Promise<string> {
    const { play, year } = this.colours;
    const told = async () => (await cityOf(play, 'commission').ask(publication.listPublications, { query: { year: year.year, institutionId: play.idOf(this.body), current: 'false' } })).items;
    const current = async () => (await told()).find((one) => one.current);
    await eventually(async () => (await current())?.erratum === true);
    const now = await current();
    play.journal.equal('更正公告公开：此前的颜色和理由仍可查', [now?.erratum, now?.before?.id, now?.colour?.id, now?.reason, (await told()).length], [true, this.colours.expected.signed.get(this.body.number), this.data.colour, this.data.explanation, 2]);
    const quota = async () => (await cityOf(play, 'commission').ask(inspection.listQuotas, { params: { jurisdiction: play.scenario.data.jurisdiction, year: String(year.year) }, query: { institutionId: play.idOf(this.body) } })).items[0];
    await eventually(async () => (await quota())?.colour === this.data.colour);
    const after = await quota();
    play.journal.equal('更正以后检查频次随颜色调整，已做的仍计', [after?.colour, after?.min, after?.done], [this.data.colour, 1, 1]);
    return `公开更正公告：${this.body.name} 改为${now?.colour?.title ?? this.data.colour}，检查、监测频次随之调整`;
  }

  private get body(): Body {
    const { play, year } = this.colours;
    return play.scenario.bodies.find((body) => otherwise(body, year).corrected)!;
  }

  private get data() {
    return this.colours.play.scenario.data.correction;
  }

  private key(what: string): string {
    return this.colours.key('correction', what);
  }
}
