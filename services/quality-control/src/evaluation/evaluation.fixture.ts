import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Principal } from '@zhijian/access';
import { institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { qualityControl } from '@zhijian/contracts/http';
import { creditCodeOf } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { aFact, aPrincipal, testDatabase, testRoom, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';

/** An invented city with a county, and who works there. */
export const place = '990100';
export const county = '990101';
const at = (role: Parameters<typeof aPrincipal>[0], id: string): Principal => ({ ...aPrincipal(role, place, undefined, id), places: [{ code: place }, { code: county }] });
export const scorer = at('quality-centre', 'zhikong-1');
export const second = at('quality-centre', 'zhikong-2');
export const signer = at('approver', 'pizhun');
export const officer = at('city', 'shi');
export const stranger = aPrincipal('quality-centre', '990200');

const source = `示例市职业卫生技术服务机构绩效评估质量指标（2025年）
一、质量管理体系40分，每缺一份程序文件扣0.5分，最多扣10分。
二、现场调查40分，为关键项，低于24分的，总分不超过59.5分。
三、现场采样20分，没有现场采样业务的不适用，按其余各项折算，保留两位小数。
四、出具虚假报告的，为关键项不合格；两个关键项不合格的，总分为0分。
`;
const files: Record<string, string> = {
  'pack.yaml': `id: testland/indicators-2025
version: 1
title: 示例市绩效评估质量指标
jurisdiction: '${place}'
document: { title: 示例市职业卫生技术服务机构绩效评估质量指标（2025年）, source: indicators.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2024-01-01 }
clauses:
  TI-2025-01: { normative: true, quote: 质量管理体系40分，每缺一份程序文件扣0.5分，最多扣10分 }
  TI-2025-02: { normative: true, quote: 现场调查40分，为关键项，低于24分的，总分不超过59.5分 }
  TI-2025-03: { normative: true, quote: 现场采样20分，没有现场采样业务的不适用，按其余各项折算，保留两位小数 }
  TI-2025-04: { normative: true, quote: 出具虚假报告的，为关键项不合格；两个关键项不合格的，总分为0分 }
readings: {}
`,
  'rules.yaml': `indicators:
  occupational:
    title: 职业卫生技术服务机构质量指标
    lines: [occupational-health-service]
    total: 100
    grid: 0.5
    items:
      - { id: system, number: '1', text: 质量管理体系, points: 40, deductions: [ { id: lacking, text: 每缺一份程序文件, points: 0.5, most: 10 } ], clauses: [TI-2025-01] }
      - { id: survey, number: '2', text: 现场调查, points: 40, key: true, failsBelow: 24, clauses: [TI-2025-02] }
      - { id: sampling, number: '3', text: 现场采样, points: 19.5, mayNotApply: true, clauses: [TI-2025-03] }
      - { id: honest, number: '4', text: 出具真实报告, points: 0.5, key: true, clauses: [TI-2025-04] }
    notApplicable: rescale
    rounded: { places: 2, rounding: cut }
    caps:
      - { id: one, text: 有一个关键项不合格, keyFailed: 1, most: 59.5, clauses: [TI-2025-02] }
      - { id: veto, text: 两个关键项不合格, keyFailed: 2, most: 0, clauses: [TI-2025-04] }
    clauses: [TI-2025-01]
`,
};

export type Room = TestRoom & { finish(): Promise<void>; query: Awaited<ReturnType<typeof testDatabase>>['query'] };

/** The room with the invented indicators installed. */
export async function evaluationRoom(day = '2026-01-12T09:00:00+08:00'): Promise<Room> {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-indicators-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'testland/indicators-2025/1', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const before = process.env['POLICY_DIR'];
  process.env['POLICY_DIR'] = folder;
  const packs = new PackShelf();
  if (before === undefined) delete process.env['POLICY_DIR'];
  else process.env['POLICY_DIR'] = before;
  const database = await testDatabase();
  const room = await testRoom(description, { database, at: day, packs });
  return { ...room, query: (schema, sql) => database.query(schema, sql), finish: async () => { try { await room.stop(); } finally { await database.drop(); rmSync(folder, { recursive: true, force: true }); } } };
}

let made = 0;
/** An invented body of occupational health services in the city. */
export async function aBody(room: TestRoom, more: Partial<InstitutionRef> = {}): Promise<InstitutionRef> {
  made += 1;
  const number = String(made).padStart(4, '0');
  const data: InstitutionRef = {
    institutionId: `body-${number}`, creditCode: creditCodeOf(`91${place}MA${number.padStart(7, '0')}`), name: `示例职业卫生技术服务机构 ${number}`, kind: 'occupational-health-service', jurisdiction: place, address: '示例路1号', contactPost: null, invented: true,
    filing: { number: null, filedOn: '2020-05-06', filedIn: place, categories: [], items: [], outreach: false, closedOn: null }, revision: 1, ...more,
  };
  await room.hear(aFact(institutionRegistered, data.institutionId, data, { jurisdiction: data.jurisdiction }));
  return data;
}

export const planBody = { jurisdiction: place, year: 2025, line: 'occupational-health-service' as const, pack: 'testland/indicators-2025@1', set: 'occupational' };
/** The city's evaluation of a year. */
export async function aPlan(room: TestRoom, change: object = {}): Promise<string> {
  const { body, status, problem } = await room.call(qualityControl.openEvaluation, { as: scorer, body: { ...planBody, ...change } });
  if (status !== 201) throw new Error(JSON.stringify(problem));
  return body.planId;
}

export const wholeSheet = [{ item: 'system', counts: { lacking: 3 } }, { item: 'survey', score: '32' }, { item: 'sampling', score: '10.5' }, { item: 'honest', score: '0.5', failed: false }];
