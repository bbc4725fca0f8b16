import { Injectable } from '@nestjs/common';
import { mayActFor, ofBody, type Principal } from '@zhijian/access';
import { isRefused, type Refused } from '@zhijian/contracts';
import type { AnswerOf, QueryOf, qualityControl as http } from '@zhijian/contracts/http';
import { writeTable, writeTables } from '@zhijian/documents';
import { schemeOf, type RoundCounts } from '@zhijian/policy';
import { Clock, notFound, PackShelf, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { wrongState, type ComparisonRefusal } from './comparison.rules.js';
import { assignedShown, decidedShown, participantShown, roundShown, type Eyes } from './comparison.shown.js';
import { participantOf, participantsOf, resultsOfBody, roundOf, roundsOf, withPack, type ParticipantRow, type Round } from './comparison.store.js';
import { ComparisonCorrections } from './correction.service.js';
import { countsShown, ComparisonEvaluations } from './evaluation.service.js';
import { participantReport, roundReport } from './report.js';
import { participationOf } from './round-counts.js';
import { classesOf } from './spread.js';
import { standingOf } from './standing.rules.js';
import { submissionTable } from './submission-table.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type Submission = AnswerOf<typeof http.submitComparison>;
type Page = AnswerOf<typeof http.getComparisonParticipant>;

@Injectable()
export class ComparisonQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock, private readonly evaluation: ComparisonEvaluations, private readonly corrections: ComparisonCorrections) {}

  /** Schemes of every installed pack, the latest version of each. */
  async schemes() {
    const latest = new Map(this.packs.list().toSorted((a, b) => a.version - b.version).map(({ id, version }) => [id, version]));
    const packs = await Promise.all([...latest].map(([id, version]) => this.packs.get(`${id}@${version}`)));
    return { items: packs.flatMap((pack) => Object.keys(pack.rules.schemes).map((scheme) => {
      const { title, line, measurands, parts, clauses } = schemeOf(pack, scheme)!.value;
      return { pack: `${pack.id}@${pack.version}`, packTitle: pack.title, jurisdiction: pack.jurisdiction, scheme, title, line, measurands: measurands.length, parts: parts ?? [], clauses: [...clauses] };
    })) };
  }

  async list({ limit, cursor, year, line, state }: QueryOf<typeof http.listComparisons>, principal: Principal) {
    const rows = await roundsOf(this.dataSource, { year: year ?? null, line: line ?? null, state: state ?? null, cursor: cursor ?? null, limit });
    const rounds = await Promise.all(rows.map((row) => withPack(this.packs, row)));
    const countsOf = await participationOf(this.dataSource, rounds);
    const items = rounds.map((round) => roundShown(round, countsOf(round), this.clock.now(), eyesOf(principal)));
    return { items, next: items.length === limit ? items.at(-1)!.roundId : null };
  }

  async one(roundId: string, principal: Principal) {
    return this.shown(await roundOf(this.dataSource, this.packs, roundId), principal);
  }

  /** By identity; codes beside them only where they may be seen. */
  async participants(roundId: string, { limit, cursor, state, result }: QueryOf<typeof http.listComparisonParticipants>, principal: Principal) {
    const round = await roundOf(this.dataSource, this.packs, roundId);
    const all = (await participantsOf(this.dataSource, roundId)).map((it) => participantShown(round, it, eyesOf(principal))).filter((it) => (!state || it.state === state) && (!result || it.result === result) && (!cursor || it.institutionId > cursor));
    const items = all.slice(0, limit);
    return { items, next: all.length > limit ? items.at(-1)!.institutionId : null };
  }

  /** One laboratory's own page: what it has sent, what came of it, where it stands among the others without saying who they are. */
  async participant(roundId: string, institutionId: string, principal: Principal): Promise<Page> {
    const own = ofBody(principal);
    if (own && !mayActFor(principal, institutionId)) throw notFound('这家机构的比对');
    const round = await roundOf(this.dataSource, this.packs, roundId);
    const it = await participantOf(this.dataSource, roundId, institutionId);
    if (!it) throw notFound('这家机构的比对');
    const decided = (await resultsOfBody(this.dataSource, roundId, institutionId)).map((row) => decidedShown(round, row));
    const [outcome = null, ...earlier] = decided;
    const evaluated = round.row.state === 'evaluated';
    const mine = (await this.corrections.objections(roundId, { limit: 500 })).items.filter((one) => one.institutionId === institutionId);
    return {
      round: await this.shown(round, principal), participant: participantShown(round, it, eyesOf(principal), own), submissions: own || evaluated || round.row.uncoveredAt ? await this.submissions(round, it) : [], outcome, earlier,
      assigned: evaluated ? assignedShown(round, round.row.assigned ?? {}, round.row.setAside) : [], objections: mine, counts: evaluated ? countsShown(round.scheme, round.row.counts as RoundCounts) : null,
      figures: Object.entries(round.row.figures ?? {}).map(([measurand, { scores, values }]) => ({ measurand, scores, values, classes: classesOf(values), own: outcome?.scores.find((one) => one.measurand === measurand)?.score ?? null })),
    };
  }

  async report(roundId: string, principal: Principal): Promise<FileAnswer | Refused<ComparisonRefusal>> {
    const round = await roundOf(this.dataSource, this.packs, roundId);
    const shown = await this.evaluation.show(roundId, principal);
    if (isRefused(shown)) return shown;
    return { file: await writeTables(roundReport(await this.shown(round, principal), shown)), fileName: `${round.row.title}结果报告${shown.fixed ? '' : '（草稿）'}.xlsx`, type: xlsx };
  }

  async participantReport(roundId: string, institutionId: string, principal: Principal): Promise<FileAnswer | Refused<ComparisonRefusal>> {
    const page = await this.participant(roundId, institutionId, principal);
    if (!page.outcome) return wrongState(page.round.state, '下载结果通知');
    return { file: await writeTables(participantReport(page)), fileName: `${page.participant.name}${page.round.title}结果通知.xlsx`, type: xlsx };
  }

  async template(roundId: string): Promise<FileAnswer> {
    const { row } = await roundOf(this.dataSource, this.packs, roundId);
    return { file: await writeTable(submissionTable, []), fileName: `${row.title}结果录入表.xlsx`, type: xlsx };
  }

  private async submissions({ row, scheme }: Round, it: ParticipantRow): Promise<Submission[]> {
    const rows = await this.dataSource.query<(Omit<Submission, 'late' | 'standing'> & { late: string[] })[]>(
      `select id as "submissionId", sequence, submitted_at as "submittedAt", on_behalf as "onBehalf", late, remark, results from comparison_submission where round_id = $1 and institution_id = $2 order by sequence desc`, [row.id, it.institutionId]);
    const { submissions } = standingOf(scheme.measurands, it.submitted ?? []);
    return rows.map(({ late, results, ...one }) => ({ ...one, late: late.length > 0, standing: submissions.has(one.submissionId), results: results.map(({ measurand, value, uncertainty }) => ({ measurand, value, uncertainty: uncertainty ?? null })) }));
  }

  private async shown(round: Round, principal: Principal) {
    return roundShown(round, (await participationOf(this.dataSource, [round]))(round), this.clock.now(), eyesOf(principal));
  }
}

const eyesOf = ({ role }: Principal): Eyes => ({ blind: role === 'expert' });
