// Temporal's time-skipping test server, as an executable that the test environment of the SDK starts.
import { join } from 'node:path';
import { writeAtomically } from './files.mjs';
import { cacheFolder, versions } from './settings.mjs';
import { java, javaLibraries } from './maven.mjs';

/** Path of the executable; `TEMPORAL_TEST_EXE` replaces it. */
export async function timeSkippingServer() {
  if (process.env.TEMPORAL_TEST_EXE) return process.env.TEMPORAL_TEST_EXE;
  const name = `temporal-test-server-${versions.timeSkippingServer}`;
  const libraries = [`io.temporal:temporal-test-server:${versions.timeSkippingServer}`, 'org.slf4j:slf4j-nop:2.0.17'];
  const path = await javaLibraries(name, libraries, '或设置 TEMPORAL_TEST_EXE');
  const wrapper = join(cacheFolder(), `${name}.sh`);
  const command = `exec "${java()}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "${join(path, 'libs')}/*" io.temporal.testserver.TestServer "$@"`;
  writeAtomically(wrapper, `#!/bin/sh\n${command}\n`, 0o755);
  return wrapper;
}
