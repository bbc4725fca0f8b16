import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenVerifier } from '@zhijian/access';
import type { Fact, Role } from '@zhijian/contracts';
import { inspectionRoom } from '@zhijian/inspection';
import { createTopics, FactConsumer } from '@zhijian/messaging';
import { room as publicationRoom } from '@zhijian/publication';
import { room as qualificationRoom } from '@zhijian/qualification';
import { room as qualityControlRoom } from '@zhijian/quality-control';
import { fixedClock, testDatabase, testRoom, verifyTestToken, type FixedClock, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { knownAtFirst, runningCampaign } from '../campaign.js';
import { freePort, Processes } from './processes.js';

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
  readonly known: Record<string, unknown> = { ...knownAtFirst };
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
    Object.assign(house.known, await runningCampaign({ inspection: own.get('inspection')!, qualification: own.get('qualification')!, database, tell: () => house.tell() }, clock.now()));
    return house;
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

  async stop(): Promise<void> {
    await this.processes.stop();
    for (const room of this.rooms.values()) await room.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
