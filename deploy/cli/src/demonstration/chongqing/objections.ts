import { publication, qualityControl } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import type { ColourYear } from './colours.js';
import { cityOf } from './register.js';
import { otherwise, type Body, type Objecting } from './scenario.js';

/** Objections while the colours are up: raised by bodies or from paper, answered by another person, kept or changed. */
export class Objections {
  private readonly ids = new Map<number, string>();

  constructor(private readonly colours: ColourYear) {}

  async raised(on: string): Promise<string> {
    const { play, year } = this.colours;
    const { grounds, document } = this.data;
    const done = await play.each('提出异议', this.objecting, async (body) => {
      const how = otherwise(body, year).objects!;
      const paper = how === 'paper';
      const { objectionId } = await (paper ? cityOf(play, 'commission') : play.body(body)).ask(publication.raiseObjection, {
        params: { noticeId: this.colours.noticeId }, key: this.key('raise', body.number), body: { institutionId: play.idOf(body), grounds: grounds[how], source: paper ? { receivedOn: on, document } : null },
      });
      this.ids.set(body.number, objectionId);
    }, ({ name }) => name);
    await this.withdrawn();
    return `公示期内提出异议 ${done} 件（书面代录 ${this.of('paper').length} 件，随后撤回 ${this.of('withdrawn').length} 件）`;
  }

  /** Answered by somebody who neither posted the notice nor entered the objection; one is left open beyond the notice's end. */
  async answered(): Promise<string> {
    for (const body of [...this.of('kept'), ...this.of('paper'), ...this.of('changed')]) await this.answer(body);
    for (const body of this.of('changed')) await this.revised(body);
    const { change } = this.data;
    return `异议答复：维持 ${this.of('kept').length + this.of('paper').length} 件，应当改变 ${this.of('changed').length} 件（${change.reason}）`;
  }

  async answeredLater(): Promise<string> {
    const { play, year } = this.colours;
    for (const body of this.of('open')) await this.answer(body);
    const published = await eventually(async () => (await Promise.all(this.of('open').map(async (body) => (await cityOf(play, 'commission').ask(publication.listPublications, { query: { year: year.year, institutionId: play.idOf(body) } })).items.length))).every((count) => count > 0));
    play.journal.expect('公示期满后答复维持的，随即公开', published);
    return `期满后答复异议 ${this.of('open').length} 件，维持，随即公开`;
  }

  /** The changed entry gets a notice of its own, with a full period. */
  async changedPosted(): Promise<string> {
    const notice = await this.colours.draft('objection');
    const posted = await this.colours.put(notice, this.data.change.explanation);
    this.colours.play.journal.equal('因异议改动的另行公示，期限重新计算', [posted.entries, posted.because, posted.counted.length], [this.of('changed').length, 'objection', posted.counted.length]);
    return `${posted.title}：${posted.entries} 家，公示至 ${posted.lastDay}`;
  }

  async changedPublished(): Promise<string> {
    const { play, year } = this.colours;
    const colours = await Promise.all(this.of('changed').map(async (body) => {
      const latest = async () => (await cityOf(play, 'commission').ask(publication.listPublications, { query: { year: year.year, institutionId: play.idOf(body) } })).items[0]?.colour?.id;
      await eventually(async () => (await latest()) !== undefined);
      return latest();
    }));
    play.journal.equal('因异议改动的颜色已公开', colours, this.of('changed').map(() => this.data.change.colour));
    return `另行公示期满，公开改动后的颜色 ${colours.length} 家`;
  }

  private async answer(body: Body): Promise<void> {
    const { play, year } = this.colours;
    const how = otherwise(body, year).objects as Exclude<Objecting, 'withdrawn'>;
    const officer = cityOf(play, how === 'paper' ? 'commission2' : 'commission');
    const objectionId = this.ids.get(body.number)!;
    const { version, state } = await officer.ask(publication.getObjection, { params: { objectionId } });
    if (state !== 'open') return;
    await officer.ask(publication.answerObjection, { params: { objectionId }, ifMatch: version, key: this.key('answer', body.number), body: { outcome: how === 'changed' ? 'to-be-changed' : 'kept', reasons: this.data.answers[how] } });
  }

  /** The centre corrects the score it rests on; another person decides. */
  private async revised(body: Body): Promise<void> {
    const { play, runId } = this.colours;
    const { change } = this.data;
    const objectionId = this.ids.get(body.number)!;
    const heard = await eventually(async () => { const { toRevise } = await this.colours.run(); return toRevise.some((it) => it.objectionId === objectionId) || (await this.decided(body)); });
    play.journal.expect(`${body.name} 应当改变的异议到质控`, heard);
    const correction = await cityOf(play, 'centre').ask(qualityControl.draftColourCorrection, {
      key: this.key('draft', body.number), body: { runId, institutionId: play.idOf(body), line: body.lines[0]!, because: 'objection', objectionId, change: { kind: 'evaluation', served: true, score: change.score }, reason: change.reason },
    });
    await cityOf(play, 'approver').ask(qualityControl.decideColourCorrection, { params: { correctionId: correction.correctionId }, key: this.key('decide', body.number), body: { outcome: 'accepted', digest: correction.digest, reason: change.reason } });
  }

  private async decided(body: Body): Promise<boolean> {
    const { play, runId } = this.colours;
    const { items } = await cityOf(play, 'centre').ask(qualityControl.listColourCorrections, { query: { runId, limit: 500 } });
    return items.some(({ institutionId, because }) => institutionId === play.idOf(body) && because === 'objection');
  }

  private async withdrawn(): Promise<void> {
    const { play } = this.colours;
    await play.each('撤回异议', this.of('withdrawn'), async (body) => {
      const objectionId = this.ids.get(body.number)!;
      const { version, state } = await play.body(body).ask(publication.getObjection, { params: { objectionId } });
      if (state === 'open') await play.body(body).ask(publication.withdrawObjection, { params: { objectionId }, ifMatch: version, key: this.key('withdraw', body.number), body: { source: null } });
    }, ({ name }) => name);
  }

  get objecting(): Body[] {
    const { play, year } = this.colours;
    return play.scenario.bodies.filter((body) => otherwise(body, year).objects !== undefined);
  }

  of(how: Objecting): Body[] {
    return this.objecting.filter((body) => otherwise(body, this.colours.year).objects === how);
  }

  private get data() {
    return this.colours.play.scenario.data.objections;
  }

  private key(...parts: (string | number)[]): string {
    return this.colours.key('objection', ...parts);
  }
}
