// `npm run build`: compiles the rooms, the console and the workflow bundle; what did not change is not done again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';
import { describeFailure } from './failure.mjs';
import { contentHash, readText, writeAtomically } from './files.mjs';
import { repository, serviceNode } from './settings.mjs';

const at = (path) => join(repository, path);
const stampFile = (name) => at(`node_modules/.cache/zhijian/${name}.sha256`);

const parts = [
  {
    name: 'console',
    what: '构建页面',
    needs: ['services/console/index.html'],
    makes: 'services/console/dist/index.html',
    sources: ['services/console', 'libs', 'package-lock.json'],
    command: [at('node_modules/vite/bin/vite.js'), 'build'],
    cwd: 'services/console',
  },
  {
    name: 'workflow-bundle',
    what: '打包工作流',
    needs: ['workflows/runtime/dist/bundle.js'],
    makes: 'workflows/runtime/dist/workflow-bundle.js',
    sources: ['workflows/definitions', 'workflows/runtime', 'libs/contracts', 'package-lock.json'],
    command: [at('workflows/runtime/dist/bundle.js')],
    cwd: '.',
  },
];

/** Builds everything; gives the names of the parts that had work to do. */
export async function build({ log = at('node_modules/.cache/zhijian/build.log') } = {}) {
  const node = serviceNode();
  await run(node, [at('node_modules/typescript7/bin/tsc'), '-b'], { cwd: repository, log, what: '编译 (tsc -b)' });
  const done = ['tsc'];
  for (const { name, what, needs, makes, sources, command, cwd } of parts) {
    if (!needs.every((path) => existsSync(at(path)))) continue;
    const hash = contentHash(sources.map(at));
    if (readText(stampFile(name)) === hash && existsSync(at(makes))) continue;
    await run(node, command, { cwd: at(cwd), log, what });
    writeAtomically(stampFile(name), hash);
    done.push(name);
  }
  return done;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const from = Date.now();
  try {
    const done = await build();
    console.log(`构建完成: ${done.join(', ')} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
}
