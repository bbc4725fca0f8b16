import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { leafHash, sha256, type CommandEntry } from '@zhijian/audit';
import { audit } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { place, Play, theRoom } from '../notice/notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Play;
let other: Play;
const auditor = aPrincipal('auditor', place);
const partOf = async (workflowId: string, more: Record<string, string> = {}) => (await room.call(audit.getAuditPart, { as: auditor, params: { room: 'publication' }, query: { workflowId, ...more } })).body;
const typesIn = (part: Awaited<ReturnType<typeof partOf>>): string[] => [...new Set(part.facts.map(({ body }) => (JSON.parse(body) as { type: string }).type))].sort();

beforeAll(async () => {
  room = await theRoom();
  other = await (await new Play(room, 2023).registered(1)).signed();
  await other.post();
  play = await (await new Play(room).registered(3)).signed();
  await play.post();
  const raised = await play.object(play.institutions[0]!);
  await play.answer(raised.body.objectionId);
  room.clock.set(new Date(Date.parse((await play.notice()).until!) + 5000).toISOString());
  await play.publish();
}, 120_000);
afterAll(() => room?.stop());

it('the part of a notice holds what was stated, decided and published of it, and nothing of another', async () => {
  const part = await partOf(`notice/${play.noticeId}`);
  expect(typesIn(part)).toEqual(['publication.colour-published', 'publication.notice-finished', 'publication.notice-posted', 'publication.objection-answered', 'publication.objection-raised']);
  expect(part.facts.every(({ body }) => (JSON.parse(body) as { data: { noticeId: string } }).data.noticeId === play.noticeId)).toBe(true);
  expect(part.entries.every(({ body, leaf }) => leafHash(body).toString('hex') === leaf)).toBe(true);
  const named = part.entries.flatMap(({ body }) => (JSON.parse(body) as CommandEntry).facts.map(({ id }) => id));
  expect(part.facts.map(({ id }) => id).sort()).toEqual(named.sort());
  expect(part.certificates.map(({ body }) => (JSON.parse(body) as { kind: string }).kind)).toEqual(expect.arrayContaining(['notice', 'objection', 'publication']));
});

it('its rows are what the facts say, list by list as hashed; no word of an objection is among them', async () => {
  const part = await partOf(`notice/${play.noticeId}`);
  const stated = new Map(part.facts.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> }).filter(({ type }) => type === 'publication.colour-published').map(({ data }) => [data['institutionId'], data]));
  expect(part.rows['colours']!.map(({ institutionId }) => institutionId).sort()).toEqual([...play.institutions].sort());
  for (const row of part.rows['colours']!) expect(row).toMatchObject({ colour: stated.get(row['institutionId'])!['colour'], proofSha256: stated.get(row['institutionId'])!['proofSha256'], withdrawn: false });
  expect(part.rows['snapshot']!.map(({ kind }) => kind)).toEqual(['notice', 'publication']);
  expect(part.rows['snapshot']!.every((row) => sha256(row['body'] as string) === row['sha256'])).toBe(true);
  expect(JSON.stringify(part)).not.toMatch(/报告编号见附件|系统记载一致/);
});

it('a year’s case holds its notices by place and year', async () => {
  for (const kind of ['colour', 'consequences']) {
    const part = await partOf(`${kind}/${place}/2024`, { runs: play.runId, institutions: play.institutions.join(',') });
    expect(part.rows['notice']!.map(({ id }) => id)).toEqual([play.noticeId]);
    expect(part.facts.some(({ body }) => body.includes(other.noticeId))).toBe(false);
    expect(typesIn(part)).toContain('publication.colour-published');
  }
  expect((await partOf('rectification/x')).facts).toEqual([]);
});
