// Temporal's own web page: found on PATH, in the cache, as a container, or built from its Go module.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, which } from './command.mjs';
import { cached } from './cache.mjs';
import { container, dockerRuns } from './docker.mjs';
import { goPrograms } from './go.mjs';
import * as probe from './probe.mjs';
import { versions } from './settings.mjs';

const cacheName = `temporal-ui-${versions.temporalUi}`;
const fix = '或设置 TEMPORAL_ADDRESS 指向已有的 Temporal; 或把 ui-server 2.42.1 放进 PATH; 或启动 Docker';

/** Where the page comes from: `{ program }` or `{ image }`. */
export async function resolveTemporalUi() {
  const onPath = which('ui-server');
  if (onPath && answer(onPath, ['--version'])?.includes(versions.temporalUi)) return { program: onPath, from: 'PATH' };
  if (!cached(cacheName) && dockerRuns()) return { image: `temporalio/ui:${versions.temporalUi}`, from: 'Docker' };
  const from = cached(cacheName) ? '缓存' : 'Go';
  const path = await goPrograms(cacheName, { 'ui-server': `github.com/temporalio/ui-server/v2/cmd/server@v${versions.temporalUi}` }, fix);
  return { program: join(path, 'ui-server'), from };
}

/** The supervised process. */
export async function temporalUiProcess({ folder, port, temporalAddress, namespace = 'zhijian' }) {
  const source = await resolveTemporalUi();
  const common = { name: 'temporal-ui', port, level: 2, ready: () => probe.http(port, '/healthz'), readyWithin: 60_000 };
  if (source.image) return container({ ...common, image: source.image, env: { TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_UI_PORT: port, TEMPORAL_DEFAULT_NAMESPACE: namespace } });
  const home = join(folder, 'temporal-ui');
  mkdirSync(join(home, 'config'), { recursive: true });
  const address = JSON.stringify(temporalAddress);
  writeFileSync(join(home, 'config', 'zhijian.yaml'), `temporalGrpcAddress: ${address}
host: 127.0.0.1
port: ${port}
enableUi: true
defaultNamespace: ${namespace}
notifyOnNewVersion: false
cors:
  allowOrigins:
    - "http://127.0.0.1:${port}"
`);
  return { ...common, command: source.program, args: ['--root', home, '--config', 'config', '--env', 'zhijian', 'start'] };
}
