import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenVerifier } from '@zhijian/access';
import type { Fact, Role } from '@zhijian/contracts';
import { inspection, qualification } from '@zhijian/contracts/http';
import { inspectionRoom } from '@zhijian/inspection';
import { createTopics, FactConsumer } from '@zhijian/messaging';
import { creditCodeOf } from '@zhijian/policy';
import { room as publicationRoom } from '@zhijian/publication';
import { room as qualificationRoom } from '@zhijian/qualification';
import { room as qualityControlRoom } from '@zhijian/quality-control';
import { aPrincipal, fixedClock, testDatabase, testRoom, verifyTestToken, type FixedClock, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { freePort, Processes } from './processes.js';

const place = '330106';
export const rooms = { inspection: inspectionRoom, qualification: qualificationRoom, 'quality-control': qualityControlRoom, publication: publicationRoom };
export type InProcess = keyof typeof rooms;
/** Demonstration accounts by their role (README). */
const accounts: Readonly<Record<Exclude<Role, 'public'>, string>> = {
  province: 'sheng', city: 'shi', county: 'xian', 'quality-centre': 'zhikong', expert: 'zhuanjia', institution: 'jigou', 'institution-head': 'jigou-fuzeren', auditor: 'shenji', operator: 'yunwei', inspector: 'jiandu',
  'legal-reviewer': 'fazhi', approver: 'pizhun', publisher: 'fabu', 'system-admin': 'xitong', 'security-admin': 'anquan', 'audit-admin': 'shenjiguan',
};

/** Every room: four in this process, on one database; gateway, issuer, portal and the workflows' room as the programs they are. */
export class House {
  readonly rooms = new Map<InProcess, TestRoom>();
  /** Ids and values by their names, as requests write them back. */
  readonly known: Record<string, unknown> = { day: '2023-04-05', unit: place, code: place, jurisdiction: place, place, form: 'HZ-F1', room: 'inspection', pack: 'hangzhou/exam-campaign-2023', year: 2022, limit: 50, archives: ['A1', 'A2', 'A3'], kind: 'health-examination' };
  private readonly tokens = new Map<string, { token: string; until: number }>();
  private heard = new Map<string, number>();

  private constructor(readonly database: TestDatabase, readonly clock: FixedClock, private readonly folder: string, readonly urls: Record<'gateway' | 'identity' | 'portal' | 'workflows', string>, private readonly processes: Processes) {}

  /** @param logs where every process writes what it says */
  static async set(logs: { written: string; printed: string }): Promise<House> {
    const { TEMPORAL_ADDRESS: temporal, KAFKA_BROKERS: brokers } = process.env;
    if (!temporal || !brokers) throw new Error('histories and topics are looked at in real engines: TEMPORAL_ADDRESS or KAFKA_BROKERS is not set (npm test -- --only build,integration)');
    await createTopics(brokers);
    const database = await testDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'privacy-house-'));
    mkdirSync(join(folder, 'console'));
    const ports = { gateway: await freePort(), identity: await freePort(), portal: await freePort(), workflows: await freePort() };
    const at = (port: number): string => `http://127.0.0.1:${port}`;
    const urls = { gateway: at(ports.gateway), identity: at(ports.identity), portal: at(ports.portal), workflows: at(ports.workflows) };
    const own = new Map<InProcess, TestRoom>();
    const real = tokenVerifier({ issuer: urls.identity, audience: 'zhijian-api' });
    const clock = fixedClock('2023-04-05T10:00:00+08:00');
    const upstream: Record<string, string> = { WORKFLOWS_URL: urls.workflows };
    for (const [name, description] of Object.entries(rooms) as [InProcess, (typeof rooms)[InProcess]][]) {
      const room = await testRoom(description, { database, clock, verify: (token) => verifyTestToken(token).catch(() => real(token)) });
      await room.app.listen(0, '127.0.0.1');
      upstream[`${name.toUpperCase().replaceAll('-', '_')}_URL`] = await room.app.getUrl();
      own.set(name, room);
    }
    const env: NodeJS.ProcessEnv = {
      ...process.env, ...upstream, NODE_ENV: 'test', LOG_LEVEL: 'info', LOG_FILE: logs.written, DATABASE_URL: database.url, OIDC_ISSUER: urls.identity, GATEWAY_URL: urls.gateway, ZHIJIAN_DATA: folder, IDENTITY_DATA: join(folder, 'identity'),
      ACCOUNTS_FILE: join(folder, 'accounts.json'), CONSOLE_DIR: join(folder, 'console'), CALENDAR_DIR: join(folder, 'calendar'), TEMPORAL_NAMESPACE: process.env['TEMPORAL_NAMESPACE'] ?? 'zhijian',
    };
    const house = new House(database, clock, folder, urls, new Processes(env, logs.printed));
    for (const [name, room] of own) house.rooms.set(name, room);
    await house.processes.start('services/identity', ports.identity);
    await Promise.all([house.processes.start('services/gateway', ports.gateway), house.processes.start('services/portal', ports.portal), house.processes.start('workflows/runtime', ports.workflows)]);
    await house.begin();
    return house;
  }

  /** A body, filed, in a campaign that runs: what the requests are about. */
  private async begin(): Promise<void> {
    const [here, there] = [this.rooms.get('inspection')!, this.rooms.get('qualification')!];
    const filing = { number: null, filedOn: '2020-05-06', categories: ['粉尘类'], items: ['矽尘'], outreach: true };
    const body = await there.call(qualification.registerInstitution, { as: aPrincipal('county', place), body: { creditCode: creditCodeOf('52990101000000001'), name: '示例体检中心', kind: 'health-examination', jurisdiction: place, address: '示例路1号', invented: true, filing } });
    if (body.status !== 201) throw new Error(JSON.stringify(body.problem));
    await this.tell();
    const [city, second] = [aPrincipal('city', '330100'), aPrincipal('city', '330100', undefined, 'second')];
    for (const { places } of [city, second]) (places as { code: string }[]).push({ code: place });
    const drafted = await here.call(inspection.draftCampaign, { as: city, body: { name: '示例行动', pack: String(this.known['pack']), units: [{ code: place, name: '西湖区' }] } });
    const approved = await here.call(inspection.approveCampaign, { as: second, params: { campaignId: drafted.body.campaignId } });
    if (approved.body.state !== 'approved') throw new Error(JSON.stringify(approved.problem));
    await this.database.query('inspection', `insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at) values ($1, $2, $3, 'in', '[]', $4)`, [drafted.body.campaignId, place, body.body.institutionId, this.clock.now()]);
    Object.assign(this.known, { campaignId: drafted.body.campaignId, institutionId: body.body.institutionId, institutions: [body.body.institutionId] });
  }

  /** Every room hears what the others have stated meanwhile, as Kafka would bring it. @returns the new facts */
  async tell(): Promise<Fact[]> {
    const all: Fact[] = [];
    for (const schema of ['qualification', 'quality_control', 'inspection', 'publication', 'gateway']) {
      const rows = await this.database.query<{ seq: string; key: string; body: string }>('inspection', `select seq, key, body from "${schema}".outbox where seq > $1 order by seq`, [this.heard.get(schema) ?? 0]);
      for (const { seq, key, body } of rows) {
        this.heard.set(schema, Number(seq));
        all.push(JSON.parse(body) as Fact);
        for (const [name, room] of this.rooms) if (name.replaceAll('-', '_') !== schema) await room.app.get(FactConsumer).hear({ topic: schema.replaceAll('_', '-'), key, value: body, heartbeat: async () => undefined });
      }
    }
    return all;
  }

  /** A real token of the demonstration account of a role. */
  async tokenOf(role: Role): Promise<string> {
    const known = this.tokens.get(role);
    if (known && Date.now() < known.until) return known.token;
    const answer = await fetch(`${this.urls.identity}/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account: accounts[role] }) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    this.tokens.set(role, { token, until: Date.now() + 240_000 });
    return token;
  }

  /** Ids that answers have given: later requests are about them. */
  learn(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [name, value] of Object.entries(answer)) if (/Id$/.test(name) && !/^(institution|campaign|person|agency|jurisdiction|account)Id$/.test(name) && typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) this.known[name] = value;
    const { items } = answer as { items?: unknown[] };
    if (Array.isArray(items)) items.slice(0, 1).forEach((one) => this.learn(one));
  }

  async stop(): Promise<void> {
    await this.processes.stop();
    for (const room of this.rooms.values()) await room.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
