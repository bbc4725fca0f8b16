// Java libraries from Maven repositories, with all they depend on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, run, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { cached, cacheLog, intoCache } from './cache.mjs';

/** Java as a command, or a Failure that says how to get it. */
export function java() {
  const path = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : which('java');
  const version = path && answer(path, ['-version'])?.match(/version "(\d+)/)?.[1];
  if (!version || Number(version) < 17) throw new Failure(`需要 Java 17 或更新 (找到: ${version ?? '无'})`, 'apt-get install openjdk-17-jre-headless');
  return path;
}

/** Folder of jars named `name` in the cache, copied there by Maven the first time. `libraries` are group:artifact:version. */
export async function javaLibraries(name, libraries, fix) {
  const there = cached(name);
  if (there) return there;
  const maven = which('mvn');
  if (!maven) throw new Failure(`缺少 Maven (mvn), 无法取得 ${name}`, `apt-get install maven; ${fix}`);
  const log = cacheLog(name);
  return intoCache(name, async (draft) => {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, 'pom.xml'), pom(libraries));
    const args = ['-B', '-q', '-f', join(draft, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'libs')}`, '-DincludeScope=runtime'];
    await run(maven, args, { log, what: `用 Maven 取得 ${name}`, fix: `检查网络或 Maven 镜像设置 (~/.m2/settings.xml); ${fix}` });
  });
}

function pom(libraries) {
  const dependencies = libraries.map((library) => {
    const [group, artifact, version] = library.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>zhijian</groupId><artifactId>engine</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>\n`;
}
