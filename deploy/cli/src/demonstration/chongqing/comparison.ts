import { qualityControl } from '@zhijian/contracts/http';
import { eventually } from '../crew.js';
import type { Scene } from '../drama.js';
import { roundExpected } from './expected.js';
import { cityOf, digest } from './register.js';
import { resultsOf, schemeOf } from './results.js';
import { withLine, type Basis, type Body, type Play, type Profile } from './scenario.js';
import { read, write, type Line } from './sheet.js';

interface Laboratory { readonly body: Body; readonly profile: Profile }
const nameOf = ({ body }: Laboratory): string => body.name;

/** The comparison rounds of a basis year, from their plan to their results. */
export function comparisonScenes(play: Play, basis: Basis): Scene[] {
  return basis.schemes.flatMap((scheme): Scene[] => {
    const round = new OneRound(play, basis, scheme);
    return [
      { on: basis.opened, scene: () => round.opened() },
      ...basis.reported.map((on, at): Scene => ({ on, scene: () => round.reported(at) })),
      { on: basis.late, scene: () => round.late() },
      { on: basis.fixed, scene: () => round.fixed() },
    ];
  });
}

class OneRound {
  private roundId = '';
  private readonly scheme;
  private readonly laboratories: Laboratory[];

  constructor(private readonly play: Play, private readonly basis: Basis, private readonly id: string) {
    this.scheme = schemeOf(play.scenario, id);
    this.laboratories = withLine(play.scenario, this.scheme.line, basis.year);
  }

  /** What everybody reads on its page and its report; the round that shows a circular's counts says whose. */
  private get title(): string {
    const { circular } = this.play.scenario.data;
    return this.isLikeCircular ? circular.title : `${this.basis.year}${this.scheme.title}`;
  }

  private get isLikeCircular(): boolean {
    const { circular } = this.play.scenario.data;
    return circular.scheme === this.id && circular.year === this.basis.year;
  }

  /** Planned for everybody obliged, opened with what is fixed in advance, samples sent. */
  async opened(): Promise<string> {
    const { play, basis, scheme, laboratories } = this;
    const { data } = play.scenario;
    const centre = cityOf(play, 'centre');
    await this.known();
    const plan = { pack: data.comparisonPack, scheme: this.id, year: basis.year, jurisdiction: data.jurisdiction, title: this.title, submitBy: basis.submitBy, parts: [] };
    const { roundId, counts } = await centre.ask(qualityControl.planComparison, { key: this.key('plan'), body: plan });
    this.roundId = roundId;
    play.journal.equal(`${plan.title} 应参加`, counts.obliged, laboratories.length);
    const round = await centre.ask(qualityControl.openComparison, { params: { roundId }, key: this.key('open'), body: { fixed: scheme.fixed } });
    play.journal.equal(`${plan.title} 已启动并封存指定值`, [round.state, round.sealSha256 !== null], ['open', true]);
    await centre.ask(qualityControl.dispatchSamples, { params: { roundId }, key: this.key('send'), body: { institutionIds: laboratories.map(({ body }) => play.idOf(body)), sentOn: basis.opened } });
    return `${plan.title}启动：应参加 ${counts.obliged} 家，样品已发出`;
  }

  /** Who reports on this day: most by themselves; some hand in paper, which the centre enters by the laboratories' numbers. */
  async reported(at: number): Promise<string> {
    const { play, basis } = this;
    const mine = this.laboratories.filter(({ body, profile }) => !['absent', 'late', 'withdrawn'].includes(profile.taking) && body.number % basis.reported.length === at);
    const paper = mine.slice(0, play.scenario.data.paperLaboratories);
    const done = await play.each('报送比对结果', mine.slice(paper.length), (one) => this.sent(one), nameOf);
    await this.entered(paper, basis.reported[at]!);
    if (at === 0) await play.each('退出比对', this.laboratories.filter(({ profile }) => profile.taking === 'withdrawn'), (one) => this.withdrawn(one), nameOf);
    return `${basis.year}${this.scheme.title}：报送结果 ${done + paper.length} 家（其中纸质 ${paper.length} 家）`;
  }

  async late(): Promise<string | null> {
    const late = this.laboratories.filter(({ profile }) => profile.taking === 'late');
    const done = await this.play.each('逾期报送比对结果', late, (one) => this.sent(one, true), nameOf);
    return done ? `${this.basis.year}${this.scheme.title}：逾期报送 ${done} 家` : null;
  }

  /** Evaluated: every laboratory by name and the counts, against what the data says. */
  async fixed(): Promise<string> {
    const { play, basis, id, scheme, roundId } = this;
    const centre = cityOf(play, 'centre');
    await centre.ask(qualityControl.fixComparison, { params: { roundId }, key: this.key('fix'), body: { setAside: [] } });
    const { laboratories, counts } = await centre.ask(qualityControl.getComparisonEvaluation, { params: { roundId } });
    const expected = roundExpected(play.scenario, basis, scheme.line);
    const got = laboratories.map(({ institutionId, outcome }) => [institutionId, outcome.result]).sort();
    play.journal.equal(`${basis.year}${scheme.title} 逐家结果`, got, this.laboratories.map(({ body, profile }) => [play.idOf(body), profile.result]).sort());
    const grades = counts.grades.map(({ grade, published }): [string, number] => [grade, published]);
    play.journal.equal(`${basis.year}${scheme.title} 各等级家数`, [counts.undetermined, ...grades], [expected.results['none'] ?? 0, ...counts.grades.map(({ grade }) => [grade, expected.results[grade] ?? 0])]);
    this.likeTheCircular(counts.evaluated, grades);
    return `${basis.year}${scheme.title}（${id}）评定 ${counts.evaluated} 家：${grades.map(([grade, count]) => `${grade} ${count}`).join('，')}；未作评定 ${counts.undetermined} 家`;
  }

  /** One round shows the counts of a circular that was really published; everything else about it is invented, and the rules are another place's. */
  private likeTheCircular(evaluated: number, grades: readonly [string, number][]): void {
    const { circular } = this.play.scenario.data;
    if (!this.isLikeCircular) return;
    this.play.journal.verified(`比照已公布的通报数字（${circular.source}：参加比对 ${circular.compared} 家，${circular.grades.map(([grade, count]) => `${grade} ${count}`).join('，')}），机构虚构，按重庆规则演示`, JSON.stringify([evaluated, grades]) === JSON.stringify([circular.compared, circular.grades]));
  }

  /** Quality control has heard of everybody who must take part: what it knows is counted by the plan of the evaluation. */
  private async known(): Promise<void> {
    const { play, basis, scheme } = this;
    const there = await eventually(async () => {
      const { items } = await cityOf(play, 'centre').ask(qualityControl.listEvaluationPlans, { query: { year: basis.year, line: scheme.line } });
      return (items[0]?.progress.obliged ?? 0) >= this.laboratories.length;
    });
    play.journal.expect(`${scheme.line} 名录已到质控`, there);
  }

  private async sent({ body, profile }: Laboratory, late = false): Promise<void> {
    const { play, roundId } = this;
    const institutionId = play.idOf(body);
    const answer = await play.body(body).ask(qualityControl.submitComparison, { params: { roundId, institutionId }, key: this.key('submit', body.number), body: { results: resultsOf(body, profile, this.scheme), remark: '' } });
    play.journal.equal(`${body.name} 是否逾期`, answer.late, late);
  }

  private async withdrawn({ body }: Laboratory): Promise<void> {
    const { play, roundId } = this;
    await play.body(body).ask(qualityControl.withdrawFromComparison, { params: { roundId, institutionId: play.idOf(body) }, key: this.key('withdraw', body.number), body: { reason: play.scenario.data.withdrawal } });
  }

  /** Each laboratory writes its own number on its paper; the centre fills in its table by these numbers. */
  private async entered(paper: readonly Laboratory[], receivedOn: string): Promise<void> {
    if (paper.length === 0) return;
    const { play, roundId, scheme } = this;
    const { data } = play.scenario;
    const seen = await Promise.all(paper.map(({ body }) => play.body(body).ask(qualityControl.getComparisonParticipant, { params: { roundId, institutionId: play.idOf(body) } })));
    if (seen.some(({ submissions }) => submissions.length > 0)) return; // entered before the demonstration was broken off
    const codes = seen.map(({ participant }) => participant.code!);
    const { name, titles } = await read(await play.api.download(`/api/v1/comparison-rounds/${roundId}/submission-template`, data.people.centre, data.jurisdiction));
    const [code, measurand, value, uncertainty] = titles as [string, string, string, string];
    const lines = paper.flatMap(({ body, profile }, at) => resultsOf(body, profile, scheme).map((one): Line => ({ [code]: codes[at]!, [measurand]: one.measurand, [value]: one.value, [uncertainty]: one.uncertainty ?? null })));
    const file = await write(name, titles, lines);
    const done = await cityOf(play, 'centre').ask(qualityControl.importComparison, { params: { roundId }, query: { receivedOn }, file, key: this.key('paper', digest(file)) });
    play.journal.equal('纸质结果按实验室编号录入', [done.laboratories, done.results], [paper.length, lines.length]);
  }

  private key(...parts: (string | number)[]): string {
    return this.play.key('comparison', this.basis.year, this.id, ...parts);
  }
}

