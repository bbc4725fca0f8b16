// `npm start`: from a fresh clone to the running system with the demonstration played. Needs Node only; options after `--`.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { diskCheck, nodeCheck, npmCheck, postgresCheck, toolChecks } from './checks.mjs';
import { demonstrationExists, demonstrationPlayed, playDemonstration } from './demonstration.mjs';
import { describeFailure, Failure } from './failure.mjs';
import { remove } from './files.mjs';
import { answersAt } from './given.mjs';
import { installPackages, packageCount, packagesInstalled } from './install.mjs';
import { resolveKafka } from './kafka.mjs';
import { lockFolder } from './lock.mjs';
import { chosenPorts } from './ports.mjs';
import { resolvePostgres } from './postgres.mjs';
import { clearLeftovers } from './process-list.mjs';
import { seconds, steps } from './progress.mjs';
import { cacheFolder, fromRepository, loadDotEnv } from './settings.mjs';
import { startSystem } from './system.mjs';
import { resolveTemporal } from './temporal.mjs';
import { resolveTemporalUi } from './temporal-ui.mjs';

const labels = { postgres: 'PostgreSQL', kafka: 'Kafka (KRaft)', temporal: 'Temporal', 'temporal-ui': 'Temporal UI' };
const from = Date.now();
const step = steps(7);
const stopping = new AbortController();
let starting;
let system;

function readOptions() {
  const options = { exit: { type: 'boolean' }, 'no-demo': { type: 'boolean' }, fresh: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean' } };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Failure(`选项不对: ${error.message}`, 'npm start -- [--exit] [--no-demo] [--fresh] [--data 文件夹]');
  }
}

const given = () => ({ databaseUrl: process.env.DATABASE_URL, kafkaBrokers: process.env.KAFKA_BROKERS, temporalAddress: process.env.TEMPORAL_ADDRESS, oidcIssuer: process.env.OIDC_ISSUER });

async function checkMachine(folder) {
  step.begin('环境检查');
  const checks = [nodeCheck(), npmCheck(), postgresCheck(), ...toolChecks(), diskCheck(folder)];
  for (const { name, ok, found } of checks) step.part(`${name} ${found ?? '无'} ${ok ? '✓' : '✗'}`);
  const wrong = checks.filter(({ ok }) => !ok);
  if (wrong.length > 0) throw new Failure(wrong.map(({ name, found }) => (found ? `${name} ${found} 不够` : `缺少 ${name}`)).join('; '), wrong.map(({ fix }) => fix).join('\n      '));
  const { databaseUrl, kafkaBrokers, temporalAddress, oidcIssuer } = given();
  const skip = [databaseUrl && 'postgres', kafkaBrokers && 'kafka', temporalAddress && 'temporal', temporalAddress && 'temporal-ui', oidcIssuer && 'identity'].filter(Boolean);
  const ports = await chosenPorts(skip);
  step.part('端口 ✓');
  step.end();
  return ports;
}

async function install(folder) {
  step.begin('安装依赖');
  if (packagesInstalled()) step.part(`已安装 ${packageCount()} 包 ✓`);
  else {
    step.doing(`npm ci, ${packageCount()} 包 (首次约 1 分钟)`);
    await installPackages(join(folder, 'logs', 'npm-ci.log'));
    step.part(`npm ci ${packageCount()} 包 ✓`);
  }
  step.end();
}

async function getEngines() {
  step.begin('基础设施');
  const wanted = [
    ['postgres', 'DATABASE_URL', resolvePostgres],
    ['kafka', 'KAFKA_BROKERS', resolveKafka],
    ['temporal', 'TEMPORAL_ADDRESS', resolveTemporal],
    ['temporal-ui', 'TEMPORAL_ADDRESS', resolveTemporalUi],
  ];
  for (const [name, variable] of wanted.filter(([, given]) => process.env[given])) {
    await answersAt(variable, process.env[variable]);
    step.part(`${labels[name]} ✓ (环境变量)`);
  }
  const missing = new Map(wanted.filter(([, given]) => !process.env[given]).map(([name, , resolve]) => [name, resolve]));
  const begun = Date.now();
  const say = () => missing.size > 0 && step.doing(`取得 ${[...missing.keys()].map((name) => labels[name]).join('、')} (首次需数分钟, 之后用缓存 ${cacheFolder()})`);
  const slow = setTimeout(say, 1500);
  // Side by side: one mostly waits for the network while another compiles.
  await Promise.all([...missing].map(async ([name, resolve]) => {
    const { from } = await resolve();
    const took = Date.now() - begun;
    missing.delete(name);
    step.part(`${labels[name]} ✓ (${from}${took > 1500 ? ` ${seconds(took)}` : ''})`);
    if (took > 1500) say();
  })).finally(() => clearTimeout(slow));
  step.end();
}

async function compile(folder) {
  step.begin('构建程序');
  const done = await build({ log: join(folder, 'logs', 'build.log') });
  step.part(`${done.join(' ')} ✓`);
  step.end();
}

async function startAll(folder, ports, release) {
  step.begin('建库与数据');
  let inServices = false;
  const skipped = [];
  const report = (what, { name, took, migrated, packs }) => {
    if (what === 'engine') step.part(`${labels[name]} ✓ ${seconds(took)}`);
    if (what === 'skipped') skipped.push(name);
    if (what === 'prepared') {
      step.part([...migrated.map((text) => `${text} ✓`), `新政策包 ${packs.length}`].join('  '));
      step.end();
      step.begin('启动服务');
      inServices = true;
    }
    if (what === 'service' && inServices) step.part(`${name} ✓`);
  };
  const addresses = Object.fromEntries(Object.entries(given()).filter(([, value]) => value));
  const production = process.env.NODE_ENV === 'production';
  starting = startSystem({ dir: folder, ports, addresses, release, report, signal: stopping.signal, throwAway: false, clock: !production, policyFolder: process.env.POLICY_DIR });
  system = await starting;
  step.end();
  if (skipped.length > 0) console.log(`      还没有的服务 (略过): ${skipped.join(' ')}`);
}

async function demonstrate(options) {
  step.begin('演示行动');
  if (options['no-demo']) {
    system.clock?.change({ scale: 1, cruise: 1 });
    step.part('按要求略过');
  }
  else if (process.env.NODE_ENV === 'production') step.part('生产环境不演示');
  else if (demonstrationPlayed(system.dir)) step.part('本数据文件夹已演示过 ✓ (重来: npm start -- --fresh)');
  else if (!demonstrationExists()) {
    step.part('还没有演示程序 (略过)');
    if (options.exit) throw new Failure('没有演示程序 deploy/cli/dist/demonstration.js', 'npm run build');
  } else {
    console.log(`      控制台已可用: ${system.urls.gateway}`);
    await playDemonstration({ system, line: (text) => step.line(text), signal: stopping.signal });
    step.part('全部通过 ✓');
  }
  step.end();
}

function printAddresses() {
  const { gateway, portal, 'temporal-ui': temporalUi } = system.urls;
  console.log(`\n控制台 ${gateway}   门户 ${portal}   Temporal ${process.env.TEMPORAL_ADDRESS ?? temporalUi}   API ${gateway}/api/docs`);
  console.log('账号(密码均为 demo): sheng 省级 · shi 市级 · xian 县级 · zhikong 质控 · zhuanjia 专家 · jigou 机构 · shenji 审计 · yunwei 运维');
  console.log(`数据 ${system.dir}   进程 ${system.processesFile}   就绪用时 ${seconds(Date.now() - from)}`);
}

const marker = 'zhijian-data';
const dataIn = (folder) => readdirSync(folder).filter((name) => name !== 'lock.json');

/** Marks a new data folder as ours; one that is neither empty nor ours is refused, so that --fresh can never empty it. */
function claim(folder) {
  const names = dataIn(folder);
  if (names.length > 0 && !names.includes(marker)) throw new Failure(`${folder} 里有别的文件, 不是本系统的数据文件夹`, '用 --data 指定一个空文件夹或新文件夹');
  if (!names.includes(marker)) writeFileSync(join(folder, marker), '');
}

/** What --fresh asks for: only once nothing stands in the way of a start any more, so that a refused start has cost no data. */
function empty(folder) {
  for (const name of dataIn(folder)) if (name !== marker) remove(join(folder, name));
}

async function main() {
  loadDotEnv();
  const options = readOptions();
  if (options.help) return console.log('npm start -- [--exit 演示后停止] [--no-demo 不演示] [--fresh 先清空数据] [--data 文件夹, 默认 .local]');
  const folder = fromRepository(options.data ?? process.env.ZHIJIAN_DATA ?? '.local');
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  process.once('exit', release);
  claim(folder);
  const left = await clearLeftovers(folder);
  if (left.length > 0) console.log(`上次没有停完的进程已停止: ${left.join(' ')}`);
  const ports = await checkMachine(folder);
  await install(folder);
  await getEngines();
  await compile(folder);
  if (options.fresh) empty(folder);
  await startAll(folder, ports, release);
  await demonstrate(options);
  printAddresses();
  if (options.exit) {
    await system.stop();
    process.exit(0);
  }
  console.log('停止: Ctrl-C;  清空: npm start -- --fresh');
  setInterval(() => {}, 1 << 30);
}

async function end(code, message) {
  if (stopping.signal.aborted) return;
  if (message) console.log(message);
  stopping.abort(); // what is just starting is stopped by startSystem itself
  await starting?.then((running) => running.stop(), () => {});
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(signal === 'SIGINT' ? 130 : 143, '\n正在停止 …'));

main().catch(async (error) => {
  if (stopping.signal.aborted) return;
  step.failed();
  console.error(describeFailure(error));
  await end(1);
});
