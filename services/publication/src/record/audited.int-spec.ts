import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { leafHash, sha256, type CommandEntry } from '@zhijian/audit';
import { builtInCalendar } from '@zhijian/calendar';
import { newId } from '@zhijian/contracts';
import { calendarLoaded } from '@zhijian/contracts/facts';
import { audit } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
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

it('a year’s case holds all that its notice’s own case holds: a lengthening too, which is noted of the notice alone', async () => {
  room.clock.set('2024-09-26T10:00:00+08:00');
  const running = await (await new Play(room, 2025).registered(1)).signed();
  await running.post();
  const { off, workdays } = builtInCalendar.years['2024']!;
  await room.hear(aFact(calendarLoaded, '2024', { noticeId: newId(), year: 2024, number: '示例〔2024〕9号', title: null, off: [...off, '2024-09-30'].sort(), workdays: [...workdays], calendar: 'c' }));
  const entriesOf = (part: Awaited<ReturnType<typeof partOf>>) => part.entries.map(({ body }) => JSON.parse(body) as CommandEntry);
  const [own, ofYear] = [entriesOf(await partOf(`notice/${running.noticeId}`)), entriesOf(await partOf(`colour/${place}/2025`, { runs: running.runId }))];
  expect(ofYear.flatMap(({ notes }) => notes.map(({ action, subject }) => `${action} ${subject}`))).toContain(`notice lengthened ${running.noticeId}`);
  expect(own.filter(({ id }) => !ofYear.some((one) => one.id === id))).toEqual([]);
  expect(entriesOf(await partOf(`colour/${place}/2024`, { runs: play.runId })).some(({ notes }) => notes.some(({ subject }) => subject === running.noticeId))).toBe(false);
});
