// A start that is refused says why and what to do, and leaves the data as it was, also when it was asked to begin afresh.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { remove } from './files.mjs';
import { pause, waitForEnd } from './machine.mjs';
import { freePort } from './ports.mjs';
import { failing, java, programs, says } from './programs.fixture.mjs';
import { documentedPorts, repository } from './settings.mjs';

const base = mkdtempSync(join(tmpdir(), 'start-'));
after(() => remove(base));

/** Engines are given, so that nothing but what a test says stands in the way; the ports are free ones. */
const settings = { DATABASE_URL: 'postgres://127.0.0.1:1/none', KAFKA_BROKERS: '127.0.0.1:1', TEMPORAL_ADDRESS: '127.0.0.1:1' };
for (const [, variable] of Object.values(documentedPorts)) settings[variable] = String(await freePort());

/** @param meanwhile is handed the running process */
function run(program, args, change, { meanwhile = () => {}, home = repository } = {}) {
  const env = { ...process.env, ...settings, ...change };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(home, 'deploy/local', program), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said += data; });
    child.once('close', (code) => done({ code, said }));
    meanwhile(child);
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

/** PATH of a machine that lacks nothing, but whose registries do not answer. */
const machine = () => programs(base, { npm: says('11.0.0'), ...java, mvn: failing, go: `[ "$1" = version ] && echo go version go1.26.8 || { ${failing}; }` });
/** Addresses of engines at which somebody answers. */
const given = async (test, ...variables) => {
  const server = createServer((socket) => socket.destroy());
  test.after(() => server.close());
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return Object.fromEntries(variables.map((variable) => [variable, `${variable === 'DATABASE_URL' ? 'postgres://' : ''}127.0.0.1:${server.address().port}`]));
};

describe('an engine that cannot be had', () => {
  const alone = () => ({ PATH: machine(), JAVA_HOME: undefined, ZHIJIAN_CACHE: mkdtempSync(join(base, 'cache-')) });

  it('because nothing fetches it: those given by an address are taken as they are', async (test) => {
    const change = { ...alone(), ...(await given(test, 'DATABASE_URL', 'TEMPORAL_ADDRESS')), KAFKA_BROKERS: undefined };
    await refused(ours, ['--fresh'], change, /PostgreSQL ✓ \(环境变量\)[^]*原因: 用 Maven 取得 kafka-4.3.0失败 \(1\): ERROR no route/, /办法: .*KAFKA_BROKERS.*PATH.*Docker\n日志: /);
  });
  it('because nothing builds it', async (test) => {
    const change = { ...alone(), ...(await given(test, 'DATABASE_URL', 'KAFKA_BROKERS')), TEMPORAL_ADDRESS: undefined };
    await refused(ours, ['--fresh'], change, /Kafka \(KRaft\) ✓ \(环境变量\)[^]*原因: 编译 temporal-1.29.1失败 \(1\): ERROR no route/, /办法: .*TEMPORAL_ADDRESS.*PATH.*Docker\n日志: /);
  });
  for (const [variable, address, reason] of [
    ['DATABASE_URL', 'postgres://somebody:secret@127.0.0.1:1/none', /原因: DATABASE_URL 指向的 127.0.0.1:1 没有应答/],
    ['KAFKA_BROKERS', '127.0.0.1:1,127.0.0.1:2', /原因: KAFKA_BROKERS 指向的 127.0.0.1:1, 127.0.0.1:2 没有应答/],
    ['TEMPORAL_ADDRESS', '127.0.0.1:1', /原因: TEMPORAL_ADDRESS 指向的 127.0.0.1:1 没有应答/],
    ['DATABASE_URL', 'postgres://somebody:secret@127.0.0.1:port/none', /^(?![^]*secret)[^]*原因: DATABASE_URL 不是地址/],
  ]) {
    it(`because nobody answers at ${variable}=${address.replace('secret', '…')}`, async (test) => {
      const change = { ...alone(), ...(await given(test, 'DATABASE_URL', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS')), [variable]: address };
      await refused(ours, ['--fresh'], change, reason, new RegExp(`办法: .*或去掉 ${variable}`));
    });
  }
});

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  it(`${signal} while an engine is fetched ends the fetching too, and leaves data and cache as they were`, async (test) => {
    const [cache, marks] = [mkdtempSync(join(base, 'cache-')), join(mkdtempSync(join(base, 'marks-')), 'pid')];
    const PATH = programs(base, { npm: says('11.0.0'), ...java, mvn: 'echo $$ > "$MARKS.draft"; /bin/mv "$MARKS.draft" "$MARKS"; exec /bin/sleep 600', go: says('go version go1.26.8') });
    const change = { PATH, JAVA_HOME: undefined, ZHIJIAN_CACHE: cache, MARKS: marks, ...(await given(test, 'DATABASE_URL', 'TEMPORAL_ADDRESS')), KAFKA_BROKERS: undefined };
    const folder = aFolder(ours);
    const before = contents(folder);
    const ended = await run('start.mjs', ['--no-demo', '--fresh', '--data', folder], change, { meanwhile: async (child) => {
      while (!existsSync(marks) && child.exitCode === null) await pause(20);
      child.kill(signal);
    } });
    assert.equal(ended.code, code, ended.said);
    assert.match(ended.said, /正在停止/);
    assert.deepEqual(await waitForEnd([Number(readFileSync(marks, 'utf8'))], 10_000), []);
    assert.deepEqual([contents(folder), readdirSync(cache)], [before, ['logs']]);
  });
}

for (const port of ['', '0', '65536', '80.5']) {
  it(`“${port}” is no port`, () => refused(ours, ['--fresh'], { PORTAL_PORT: port }, new RegExp(`原因: PORTAL_PORT=${port} 不是端口号`), /办法: 把 PORTAL_PORT 设为 1 到 65535 之间的整数/));
}

it('an option nobody knows is refused with those there are', () => refused(ours, ['--no-such-option'], {}, /原因: 选项不对/, /办法: npm start -- \[--exit\] \[--no-demo\] \[--fresh\] \[--data 文件夹\]/));

it('a fresh clone whose packages cannot be had says so, and leaves the data as it was but for the log', async (test) => {
  const home = mkdtempSync(join(base, 'clone-'));
  cpSync(join(repository, 'deploy/local'), join(home, 'deploy/local'), { recursive: true });
  cpSync(join(repository, 'package-lock.json'), join(home, 'package-lock.json'));
  const PATH = programs(base, { npm: `[ "$1" = ci ] && { ${failing}; } || echo 11.0.0`, ...java });
  const folder = aFolder(ours);
  const before = contents(folder);
  const { code, said } = await run('start.mjs', ['--fresh', '--no-demo', '--data', folder], { PATH, ...(await given(test, 'DATABASE_URL', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS')) }, { home });
  assert.equal(code, 1, said);
  assert.match(said, /原因: npm ci失败 \(1\): ERROR no route to the registry\n办法: 检查网络或 npm 镜像.*\n日志: .*npm-ci\.log/);
  assert.deepEqual(Object.fromEntries(Object.entries(contents(folder)).filter(([name]) => !name.startsWith('logs'))), before);
});

it('two names on one port are refused, and leave the data as it was', () => refused(ours, ['--fresh'], { GATEWAY_PORT: settings.PORTAL_PORT }, /原因: portal 与 gateway 用了同一个端口/, /办法: 改 PORTAL_PORT 或 GATEWAY_PORT/));

it('the doctor names every missing thing with its fix, and a port that is none', async () => {
  const { code, said } = await run('doctor.mjs', ['--json'], { PATH: base, JAVA_HOME: undefined, ZHIJIAN_CACHE: join(base, 'cache'), ZHIJIAN_DATA: join(base, 'doctor'), KAFKA_BROKERS: undefined, TEMPORAL_ADDRESS: undefined, GATEWAY_PORT: 'abc' });
  assert.equal(code, 1, said);
  const { ok, checks } = JSON.parse(said);
  assert.equal(ok, false);
  const missing = new Map(checks.filter((check) => !check.ok && !check.optional).map(({ name, fix }) => [name, fix]));
  for (const name of ['npm', 'Java', 'Maven', 'Go', '端口 gateway', 'DATABASE_URL']) assert.ok(missing.get(name), `${name} is not named: ${said}`);
  assert.match(missing.get('端口 gateway'), /GATEWAY_PORT/);
});

it('the doctor of a machine that lacks nothing says so', async (test) => {
  const change = { PATH: machine(), JAVA_HOME: undefined, ZHIJIAN_CACHE: join(base, 'cache'), ZHIJIAN_DATA: join(base, 'doctor'), ...(await given(test, 'DATABASE_URL')), KAFKA_BROKERS: undefined, TEMPORAL_ADDRESS: undefined };
  const { code, said } = await run('doctor.mjs', [], change);
  assert.match(said, /可以运行 npm start\n$/);
  assert.equal(code, 0);
});
