import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JWK } from 'jose';
import { eventually, testDatabase, type TestDatabase } from '@zhijian/testing';

const services = fileURLToPath(new URL('../../../', import.meta.url));

export const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createSocket().listen(0, '127.0.0.1', () => { const { port } = probe.address() as { port: number }; probe.close(() => resolve(port)); });
});

/** A room behind the gateway that says what it was asked, so that a test sees what went through. */
export interface EchoRoom { address: string; asked: { method: string; url: string; headers: IncomingHttpHeaders; bytes: number }[]; answers: (status: number, body: unknown) => void; close(): Promise<void> }
export async function echoRoom(): Promise<EchoRoom> {
  const asked: EchoRoom['asked'] = [];
  let answer: { status: number; body: unknown } | undefined;
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
      const bytes = Buffer.concat(pieces).length;
      asked.push({ method: request.method!, url: request.url!, headers: request.headers, bytes });
      response.writeHead(answer?.status ?? 200, { 'content-type': answer && answer.status >= 400 ? 'application/problem+json' : 'application/json', etag: '"7"' });
      response.end(JSON.stringify(answer?.body ?? { url: request.url, bytes }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as { port: number }).port}`, asked, answers: (status, body) => { answer = { status, body }; },
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

/** The real programs as processes: the development issuer and the gateway, on a fresh database. They must be built. */
export class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  private readonly children = new Map<string, ChildProcess>();
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(readonly database: TestDatabase, readonly ports: { gateway: number; identity: number }, upstream: Record<string, string>) {
    this.environment = {
      // What is stated here must not reach a system that happens to run on this machine: nobody listens on this port.
      ...process.env, NODE_OPTIONS: '', NODE_ENV: 'test', LOG_LEVEL: 'warn', LOG_FILE: '', KAFKA_BROKERS: '127.0.0.1:9', DATABASE_URL: database.url, OIDC_ISSUER: this.issuer, GATEWAY_URL: this.address,
      IDENTITY_DATA: this.folder, ACCOUNTS_FILE: join(this.folder, 'accounts.json'), CONSOLE_DIR: join(this.folder, 'console'), CALENDAR_DIR: join(this.folder, 'calendar'), ...upstream,
    };
  }

  /** The issuer's own key: with it a test signs what the issuer would never sign. */
  signingKey(): JWK & { kid: string } {
    return (JSON.parse(readFileSync(join(this.folder, 'keys.json'), 'utf8')) as { signing: JWK & { kid: string } }).signing;
  }

  /** Confirmed holiday notices as every room reads them, by file name. */
  calendarFiles(): Record<string, unknown> {
    const folder = join(this.folder, 'calendar');
    return existsSync(folder) ? Object.fromEntries(readdirSync(folder).sort().map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown])) : {};
  }

  forgetCalendarFiles(): void {
    rmSync(join(this.folder, 'calendar'), { recursive: true, force: true });
  }

  /** A built console with one file. */
  buildConsole(): void {
    mkdirSync(join(this.folder, 'console/assets'), { recursive: true });
    writeFileSync(join(this.folder, 'console/index.html'), '<!doctype html><title>控制台</title>');
    writeFileSync(join(this.folder, 'console/assets/main-1.js'), 'export {};');
  }

  static async set(upstream: Record<string, string>): Promise<Stage> {
    const stage = new Stage(await testDatabase(), { gateway: await freePort(), identity: await freePort() }, upstream);
    await Promise.all([stage.start('identity'), stage.start('gateway')]);
    return stage;
  }

  get address(): string { return `http://127.0.0.1:${this.ports.gateway}`; }
  get issuer(): string { return `http://127.0.0.1:${this.ports.identity}`; }

  async start(name: 'identity' | 'gateway'): Promise<void> {
    const child = spawn(process.execPath, [join(services, name, 'dist/main.js')], { env: { ...this.environment, PORT: String(this.ports[name]) }, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (said: Buffer) => { if (!said.includes('"logger":"kafkajs"')) process.stderr.write(said); }); // there is no Kafka here: the relay waits for it, nothing else does
    this.children.set(name, child);
    const ready = `http://127.0.0.1:${this.ports[name]}/readyz`;
    await eventually(`${name} is ready`, async () => (await fetch(ready)).ok, 20_000);
  }

  /** kill -9, and waits until it is gone. */
  async kill(name: 'identity' | 'gateway'): Promise<void> {
    const child = this.children.get(name)!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** SIGTERM. @returns its exit code */
  async stop(name: 'identity' | 'gateway'): Promise<number | null> {
    const child = this.children.get(name)!;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return gone;
  }

  async strike(): Promise<void> {
    for (const child of this.children.values()) child.kill('SIGKILL');
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
