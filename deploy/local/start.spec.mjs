// A start that is refused says why and what to do, and leaves the data as it was, also when it was asked to begin afresh.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { remove } from './files.mjs';
import { freePort } from './ports.mjs';
import { documentedPorts, repository } from './settings.mjs';

const base = mkdtempSync(join(tmpdir(), 'start-'));
after(() => remove(base));

/** Engines are given, so that nothing but what a test says stands in the way; the ports are free ones. */
const settings = { DATABASE_URL: 'postgres://127.0.0.1:1/none', KAFKA_BROKERS: '127.0.0.1:1', TEMPORAL_ADDRESS: '127.0.0.1:1' };
for (const [, variable] of Object.values(documentedPorts)) settings[variable] = String(await freePort());

function run(program, args, change) {
  const env = { ...process.env, ...settings, ...change };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(repository, 'deploy/local', program), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said += data; });
    child.once('close', (code) => done({ code, said }));
  });
}

function aFolder(files) {
  const folder = mkdtempSync(join(base, 'data-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
const ours = { 'zhijian-data': '', 'postgres/PG_VERSION': '18\n', 'played.json': '{}' };
const contents = (folder) => Object.fromEntries(readdirSync(folder, { recursive: true }).sort().map((name) => [name, statSync(join(folder, name)).isDirectory() ? null : readFileSync(join(folder, name), 'utf8')]));

async function refused(files, args, change, reason, remedy) {
  const folder = aFolder(files);
  const before = contents(folder);
  const { code, said } = await run('start.mjs', ['--exit', '--no-demo', '--data', folder, ...args], change);
  assert.equal(code, 1, said);
  assert.match(said, reason);
  assert.match(said, remedy);
  assert.deepEqual(contents(folder), before);
}

for (const args of [[], ['--fresh']]) {
  const how = args.join('') || 'without --fresh';
  it(`an occupied port leaves the data as it was, ${how}`, async (test) => {
    const holder = createServer();
    test.after(() => holder.close());
    await new Promise((done) => { holder.listen(0, '127.0.0.1', done); });
    const { port } = holder.address();
    await refused(ours, args, { GATEWAY_PORT: String(port) }, new RegExp(`原因: 端口 ${port} \\(gateway\\) 已被占用`), new RegExp(`办法: .*GATEWAY_PORT=${port + 1} npm start`));
  });

  it(`a port that is no number leaves the data as it was, ${how}`, () => refused(ours, args, { GATEWAY_PORT: 'abc' }, /原因: GATEWAY_PORT=abc 不是端口号/, /办法: 把 GATEWAY_PORT 设为/));

  it(`a machine that lacks something leaves the data as it was, ${how}`, () => refused(ours, args, { PATH: base }, /原因: 缺少 npm/, /办法: apt-get install npm/));

  it(`a folder that is not ours is left as it was, ${how}`, () => refused({ 'letters/one.txt': 'mine', 'processes.json': '[{"pid":1}]' }, args, {}, /原因: .* 不是本系统的数据文件夹/, /办法: 用 --data/));
}

it('the doctor names every missing thing with its fix, and a port that is none', async () => {
  const { code, said } = await run('doctor.mjs', ['--json'], { PATH: base, JAVA_HOME: undefined, ZHIJIAN_CACHE: join(base, 'cache'), ZHIJIAN_DATA: join(base, 'doctor'), KAFKA_BROKERS: undefined, TEMPORAL_ADDRESS: undefined, GATEWAY_PORT: 'abc' });
  assert.equal(code, 1, said);
  const { ok, checks } = JSON.parse(said);
  assert.equal(ok, false);
  const missing = new Map(checks.filter((check) => !check.ok && !check.optional).map(({ name, fix }) => [name, fix]));
  for (const name of ['npm', 'Java', 'Maven', 'Go', '端口 gateway']) assert.ok(missing.get(name), `${name} is not named: ${said}`);
  assert.match(missing.get('端口 gateway'), /GATEWAY_PORT/);
});
