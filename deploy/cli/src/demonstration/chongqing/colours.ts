import { publication, qualityControl, type AnswerOf } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import { everyPage } from '../pages.js';
import { tally, type Expected } from './expected.js';
import { cityOf } from './register.js';
import type { Body, Play, Year } from './scenario.js';

type Notice = AnswerOf<typeof publication.getNotice>;

/** A year's colouring and its notices, from the run's opening until the colours are public. */
export class ColourYear {
  runId = '';
  noticeId = '';

  constructor(readonly play: Play, readonly year: Year, readonly expected: Expected) {}

  /** Opened by one person; the workflow proposes, and whoever may sign sees the matrix and who lacks something. */
  async opened(): Promise<string> {
    const { play, year, expected } = this;
    const { runId } = await cityOf(play, 'commission').ask(qualityControl.openColourRun, { key: this.key('open'), body: { year: year.year, pack: play.scenario.data.pack } });
    this.runId = runId;
    play.running = true;
    play.journal.expect(`${year.year} 年度赋色预览`, await eventually(async () => (await this.run()).digest !== null));
    const { cells, counts, state } = await this.run();
    if (state === 'proposed') play.journal.equal(`${year.year} 年度预览：已定、待核实`, [counts.managed, counts.toSign, counts.undetermined], [play.scenario.bodies.length, this.coloured.length, play.scenario.bodies.length - this.coloured.length]);
    const filled = cells.filter(({ lines }) => lines > 0);
    play.journal.equal(`${year.year} 年度矩阵`, Object.fromEntries(filled.map(({ grade, level, lines }) => [`${grade} ${level}`, lines]).sort()), Object.fromEntries(Object.entries(expected.cells).sort()));
    await this.undeterminedListed();
    const told = tally(expected.signed);
    return `${year.year} 年度赋色预览：绿 ${told['green'] ?? 0}，黄 ${told['yellow'] ?? 0}，红 ${told['red'] ?? 0}；待核实 ${told['none'] ?? 0} 家，逐家列明所缺`;
  }

  /** Another person signs what was seen; whoever opened the run is refused. */
  async signed(): Promise<string> {
    const { play, year, runId } = this;
    const { digest, state } = await this.run();
    if (state === 'proposed') {
      const own = await cityOf(play, 'commission').raw('POST', `/api/v1/colour-runs/${runId}/signatures`, { body: { digest }, key: this.key('sign-own') });
      play.journal.equal(`${year.year} 年度赋色：启动人不能签发`, [own.status, (own.body as { code?: string }).code], [422, 'second-person-needed']);
    }
    const { counts } = await cityOf(play, 'approver').ask(qualityControl.signColours, { params: { runId }, key: this.key('sign'), body: { digest: digest! } });
    const again = await cityOf(play, 'commission').raw('POST', '/api/v1/colour-runs', { body: { year: year.year, pack: play.scenario.data.pack }, key: this.key('open-again') });
    play.journal.equal(`${year.year} 年度赋色不能启动两次`, again.status, 409);
    return `${year.year} 年度赋色由另一人签发：${counts.signed} 家，待核实的 ${counts.undetermined} 家留待补签`;
  }

  /** Put up for objection on the portal; nothing of it is public before its day, whatever somebody tries. */
  async posted(): Promise<string> {
    const notice = await this.draft('run');
    this.noticeId = notice.noticeId;
    this.play.journal.equal(`${this.year.year} 年度公示草稿`, [notice.entries, notice.state], [this.coloured.length, 'draft']);
    const posted = await this.put(notice, null);
    const early = await cityOf(this.play, 'publisher').raw('POST', `/api/v1/notices/${notice.noticeId}/publications`, { ifMatch: posted.version, key: this.key('early'), body: { publishedOn: this.year.posted, address: 'https://wsjkw.example/colour', proof: '0'.repeat(64) } });
    this.play.journal.equal(`${this.year.year} 年度公示期内不能公开`, [early.status, (early.body as { code?: string }).code], [409, 'publication-early']);
    this.play.journal.equal(`${this.year.year} 年度公示期满前没有公开`, await this.publicCount(), 0);
    return `${posted.title}：${posted.entries} 家，公示至 ${posted.lastDay}（${posted.counted.length} 个工作日）`;
  }

  /** The workflow publishes as the day after the last one begins. @param open held back by objections @param changed those that got a notice of their own */
  async published(open: number, changed: number): Promise<string> {
    const { play, year, noticeId } = this;
    const wanted = this.coloured.length - open - changed;
    const done = await eventually(async () => (await this.publicCount()) >= wanted);
    const notice = await cityOf(play, 'publisher').ask(publication.getNotice, { params: { noticeId } });
    play.journal.expect(`${year.year} 年度公示期满即公开`, done, `应公开 ${wanted} 家，已公开 ${notice.published} 家`);
    play.journal.equal(`${year.year} 年度公示期满以后公开和暂缓的家数`, [notice.lastDay! < year.published, notice.published, notice.waiting], [true, wanted, open]);
    play.journal.expect(`${year.year} 年度公开的颜色已到质控`, await eventually(async () => (await this.run()).counts.published >= wanted));
    return `${year.year} 年度赋色结果公开 ${notice.published} 家${open ? `，有异议未答复的 ${open} 家暂缓` : ''}`;
  }

  /** What quality control has signed, as publication has drafted it. */
  async draft(because: Notice['because']): Promise<Notice> {
    const publisher = cityOf(this.play, 'publisher');
    let found: string | undefined;
    const there = await eventually(async () => {
      const { items } = await publisher.ask(publication.listNotices, { query: { year: this.year.year, limit: 100 } });
      found = items.filter((it) => it.because === because && it.state !== 'collecting').map(({ noticeId }) => noticeId).sort().at(-1);
      return found !== undefined;
    });
    if (!there) throw new Error(`没有 ${this.year.year} 年度的公示草稿（${because}）`);
    return publisher.ask(publication.getNotice, { params: { noticeId: found! } });
  }

  /** Posts a draft; one that stands already is left as it is. */
  async put(notice: Notice, explanation: string | null): Promise<Notice> {
    const publisher = cityOf(this.play, 'publisher');
    if (notice.state === 'draft') await publisher.ask(publication.postNotice, { params: { noticeId: notice.noticeId }, ifMatch: notice.version, key: this.key('post', notice.noticeId), body: { site: 'portal', explanation } });
    return publisher.ask(publication.getNotice, { params: { noticeId: notice.noticeId } });
  }

  /** What if the same pack coloured again: nothing would be another. */
  async asked(): Promise<string> {
    const { play, year } = this;
    const { empty, years } = await cityOf(play, 'commission').ask(qualityControl.whatIfColours, { query: { pack: play.scenario.data.pack, years: String(year.year) } });
    play.journal.equal('推演：同一政策包没有差异', [empty, years.map(({ changed }) => changed)], [true, [0]]);
    return `推演：以同一政策包重算 ${year.year} 年度，没有差异`;
  }

  /** Colours that are public in the end, body by body, with their years in a row. */
  async held(): Promise<void> {
    const { play, year, expected } = this;
    const told = await everyPage((cursor) => cityOf(play, 'commission').ask(publication.listPublications, { query: { year: year.year, limit: 500, ...(cursor ? { cursor } : {}) } }));
    const wanted = play.scenario.bodies.flatMap((body) => (expected.last.get(body.number) ? [[play.idOf(body), expected.last.get(body.number)]] : [])).sort();
    play.journal.equal(`${year.year} 年度公开的颜色逐家相符`, told.map(({ institutionId, colour }) => [institutionId, colour?.id]).sort(), wanted);
    const alarms = await everyPage((cursor) => cityOf(play, 'commission').ask(qualityControl.listRedYears, { query: { year: year.year, limit: 500, ...(cursor ? { cursor } : {}) } }));
    const second = play.scenario.bodies.filter(({ number }) => (expected.redYears.get(number) ?? 0) >= 2);
    play.journal.equal(`${year.year} 年度连续红色提示`, alarms.map(({ institutionId, redYears }) => [institutionId, redYears]).sort(), second.map((body) => [play.idOf(body), expected.redYears.get(body.number)]).sort());
    const colours = tally(new Map([...expected.last].filter(([, colour]) => colour !== null)));
    play.journal.verified(`${year.year} 年度公开的颜色与数据推算一致：绿 ${colours['green'] ?? 0}，黄 ${colours['yellow'] ?? 0}，红 ${colours['red'] ?? 0}；连续红色提示 ${second.length} 家`, told.length === wanted.length);
  }

  run() {
    return cityOf(this.play, 'commission').ask(qualityControl.getColourRun, { params: { runId: this.runId } });
  }

  get coloured(): Body[] {
    return this.play.scenario.bodies.filter(({ number }) => this.expected.signed.get(number) !== null);
  }

  private async publicCount(): Promise<number> {
    return (await everyPage((cursor) => cityOf(this.play, 'commission').ask(publication.listPublications, { query: { year: this.year.year, limit: 500, ...(cursor ? { cursor } : {}) } }))).length;
  }

  private async undeterminedListed(): Promise<void> {
    const { play, year, runId } = this;
    const open = await everyPage((cursor) => cityOf(play, 'commission').ask(qualityControl.listColoured, { params: { runId }, query: { state: 'undetermined', limit: 500, ...(cursor ? { cursor } : {}) } }));
    const wanted = play.scenario.bodies.filter((body) => !this.coloured.includes(body)).map(({ name }) => name).sort();
    play.journal.equal(`${year.year} 年度待核实逐家列明`, [open.map(({ name }) => name).sort(), open.every(({ lines }) => lines.some(({ missing, reason }) => missing.length > 0 && reason))], [wanted, true]);
  }

  key(...parts: (string | number)[]): string {
    return this.play.key('colour', this.year.year, ...parts);
  }
}
