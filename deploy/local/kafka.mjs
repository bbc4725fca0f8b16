// Kafka 4.3 as one KRaft node: found on PATH, in the cache, as a container, or from Maven.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { answer, run, which } from './command.mjs';
import { cached } from './cache.mjs';
import { container, dockerRuns } from './docker.mjs';
import { remove } from './files.mjs';
import { java, javaLibraries } from './maven.mjs';
import * as probe from './probe.mjs';
import { versions } from './settings.mjs';

const cacheName = `kafka-${versions.kafka}`;
/** Java's second compiler costs a small broker more than it saves: without it a launch took 113 ms of its CPU instead of 172, and rest a third less. */
const quickly = '-XX:TieredStopAtLevel=1';
const fix = '或设置 KAFKA_BROKERS 指向已有的 Kafka; 或把 Kafka 4.3.0 的 bin 放进 PATH; 或启动 Docker';

/** Where Kafka comes from: `{ libs }` or `{ image }`; fetches it when nothing is at hand. */
export async function resolveKafka() {
  const script = which('kafka-server-start.sh');
  if (script && answer(script, ['--version'])?.startsWith(versions.kafka)) return { libs: join(dirname(script), '..', 'libs'), from: 'PATH' };
  if (!cached(cacheName) && dockerRuns()) return { image: `apache/kafka:${versions.kafka}`, from: 'Docker' };
  java();
  const from = cached(cacheName) ? '缓存' : 'Maven';
  const path = await javaLibraries(cacheName, [`org.apache.kafka:kafka_2.13:${versions.kafka}`, 'org.slf4j:slf4j-simple:1.7.36'], fix);
  return { libs: join(path, 'libs'), from };
}

/** The supervised process; its storage is formatted on first use. */
export async function kafkaProcess({ folder, port, controllerPort, log }) {
  const source = await resolveKafka();
  const home = join(folder, 'kafka');
  const file = join(home, 'server.properties');
  const settings = properties(source.image ? '/var/lib/kafka/data' : join(home, 'data'), port, controllerPort);
  const common = { name: 'kafka', port, level: 0, ready: () => probe.tcp(port), readyWithin: 90_000 };
  mkdirSync(home, { recursive: true });
  if (source.image) {
    // The image formats its storage itself, which needs a fixed quorum.
    const { 'controller.quorum.bootstrap.servers': controller, ...others } = settings;
    const env = Object.fromEntries(Object.entries({ ...others, 'controller.quorum.voters': `1@${controller}` }).map(([key, value]) => [`KAFKA_${key.replaceAll('.', '_').toUpperCase()}`, value]));
    const data = join(home, 'data');
    mkdirSync(data, { recursive: true, mode: 0o777 });
    return container({ ...common, image: source.image, env: { ...env, KAFKA_HEAP_OPTS: '-Xmx512m' }, volumes: [[data, '/var/lib/kafka/data']], options: ['--user', '0'] });
  }
  writeFileSync(file, `${Object.entries(settings).map(([key, value]) => `${key}=${value}`).join('\n')}\n`);
  const classes = ['-cp', join(source.libs, '*')];
  if (!existsSync(join(home, 'formatted'))) {
    remove(join(home, 'data'));
    // an id may begin with a dash: only the form with “=” takes it for a value
    const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
    const format = [quickly, ...classes, 'kafka.tools.StorageTool', 'format', '--standalone', `--cluster-id=${id}`, '-c', file];
    await run(java(), format, { log, what: '建立 Kafka 数据文件夹' });
    writeFileSync(join(home, 'formatted'), id);
  }
  return { ...common, command: java(), args: [quickly, '-Xms128m', '-Xmx512m', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', ...classes, 'kafka.Kafka', file] };
}

function properties(data, port, controllerPort) {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 10,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 10,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A broker killed with -9 may register again only when its old session is over (default 9 s).
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    // Facts stay, and so does a consumer's place, however long the system was switched off.
    'log.retention.ms': -1,
    'offsets.retention.minutes': 2147483647,
  };
}
