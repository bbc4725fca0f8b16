import { newId } from '@zhijian/contracts';
import { colourRevised, colourRunSigned, institutionRegistered, type ColourEntry } from '@zhijian/contracts/facts';
import { publication as http } from '@zhijian/contracts/http';
import { everywhere } from '@zhijian/persistence';
import type { PackShelf } from '@zhijian/service-kit';
import { aFact, aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';
import { FinishService } from './finish.service.js';

export const place = '500000';
export const pack = 'chongqing/colour-2024';
export const publisher = aPrincipal('publisher', place);
export const officer = aPrincipal('province', place);
export const second = aPrincipal('province', place, undefined, 'second-person');
export const policy = { pack, version: 1, clauses: ['CQ-2024-07'] };

export async function theRoom(at = '2024-09-13T10:00:00+08:00', packs?: PackShelf): Promise<TestRoom & { database: TestDatabase }> {
  const database = await testDatabase();
  const room = await testRoom(description, { database, at, ...(packs ? { packs } : {}) });
  return { ...room, database, stop: async () => { await room.stop(); await database.drop(); } };
}

let bodies = 0;
/** A colour as quality control signs it: a score of A with level I is green, with II yellow, with III red. */
export const anEntry = (institutionId: string, colour = 'yellow', more: Partial<ColourEntry> = {}): ColourEntry => {
  const level = { green: 'I', yellow: 'II', red: 'III' }[colour] ?? 'II';
  return {
    institutionId, colour, redYears: colour === 'red' ? 1 : 0, clauses: ['CQ-2024-06'], revision: 1,
    lines: [{ line: 'occupational-health-service', grade: 'A', level, colour, rule: `A-${level}`, clauses: ['CQ-2024-05', 'CQ-2024-06'], score: '86.50', served: true, result: { I: '优秀', II: '合格', III: '不合格' }[level] ?? null, reason: null, missing: [] }], ...more,
  };
};

/** One year's colours of an invented city, from what quality control signs to what the public sees. */
export class Play {
  readonly runId = newId();
  readonly institutions: string[] = [];
  noticeId = '';
  constructor(readonly room: Awaited<ReturnType<typeof theRoom>>, readonly year = 2024) {}

  /** Registers as many bodies; their names say that they are invented. */
  async registered(count: number): Promise<this> {
    for (let at = 0; at < count; at += 1) {
      bodies += 1;
      const id = newId();
      const number = String(bodies).padStart(2, '0');
      await this.room.hear(aFact(institutionRegistered, id, { institutionId: id, creditCode: `91500000MA0000${number}0X`, name: `示例职业卫生技术服务机构 ${number}`, kind: 'occupational-health-service', jurisdiction: '500103', address: '示例路 1 号', contactPost: '质量负责人', invented: true, filing: null, revision: 1 }, { jurisdiction: '500103' }));
      this.institutions.push(id);
    }
    return this;
  }

  /** Quality control signs the run, in one part or in several. */
  async signed(entries = this.institutions.map((id) => anEntry(id)), { parts = 1, undetermined = 0, digest = 'd' } = {}): Promise<this> {
    const size = Math.ceil(entries.length / parts);
    for (let part = 1; part <= parts; part += 1) {
      await this.room.hear(aFact(colourRunSigned, place, { runId: this.runId, jurisdiction: place, year: this.year, basisYear: this.year - 1, part, parts, count: entries.length, undetermined, digest, entries: entries.slice((part - 1) * size, part * size), policy }, { jurisdiction: place }));
    }
    this.noticeId = (await this.notices())[0]!.noticeId;
    return this;
  }

  revised(institutionId: string, colour: string | null, revision: number, because: 'objection' | 'correction' = 'objection', before: string | null = 'yellow'): Promise<void> {
    return this.room.hear(aFact(colourRevised, institutionId, {
      runId: this.runId, jurisdiction: place, year: this.year, basisYear: this.year - 1, institutionId, revision, before, entry: colour === null ? null : anEntry(institutionId, colour, { revision }), because, objectionId: null, correctionId: newId(), policy,
    }, { jurisdiction: place }));
  }

  async notices() { return (await this.room.call(http.listNotices, { as: officer, query: { limit: 500 } })).body.items.filter(({ runId }) => runId === this.runId); }
  async notice(noticeId = this.noticeId) { return (await this.room.call(http.getNotice, { as: officer, params: { noticeId } })).body; }
  async entries(noticeId = this.noticeId) { return (await this.room.call(http.listNoticeEntries, { as: officer, params: { noticeId }, query: { limit: 500 } })).body.items; }

  async post(more: Record<string, unknown> = {}, noticeId = this.noticeId) {
    const { version } = await this.notice(noticeId);
    return this.room.call(http.postNotice, { as: publisher, params: { noticeId }, body: { site: 'portal', ...more }, ifMatch: version });
  }

  /** The step of the workflow that ends a notice and publishes. */
  publish(noticeId = this.noticeId) {
    const key = newId();
    return this.room.app.get(FinishService).publish(noticeId, { actor: `workflow:notice/${noticeId}`, jurisdiction: '', cause: key, scope: everywhere, once: { key } });
  }

  async published(current = 'true') { return (await this.room.call(http.listPublications, { as: officer, query: { limit: 500, year: this.year, current } })).body.items.filter(({ institutionId }) => this.institutions.includes(institutionId)); }
  facts<T = Record<string, unknown>>(type: string) { return this.room.facts<T>(`publication.${type}`); }

  object(institutionId: string, body: Record<string, unknown> = {}, as = aPrincipal('institution', '500103', institutionId)) {
    return this.room.call(http.raiseObjection, { as, params: { noticeId: this.noticeId }, body: { institutionId, grounds: '本机构比对结果应为优秀，报告编号见附件', ...body } });
  }

  async answer(objectionId: string, outcome: 'kept' | 'to-be-changed' = 'kept', as = second) {
    const { version } = (await this.room.call(http.getObjection, { as: officer, params: { objectionId } })).body;
    return this.room.call(http.answerObjection, { as, params: { objectionId }, body: { outcome, reasons: '经复核，比对报告结论与系统记载一致' }, ifMatch: version });
  }
}
