// What must be there before a service starts: schemas, topics, the built-in policy packs.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from './command.mjs';
import { Failure } from './failure.mjs';
import { readText, remove, writeAtomically } from './files.mjs';
import { repository, serviceNode } from './settings.mjs';

/** Migrates every schema and creates the topics. Programs that are not there yet are skipped; gives the names of those that ran. */
export async function migrateAndCreateTopics({ environment, log }) {
  const ran = [];
  for (const [what, path] of [['迁移数据库', 'libs/persistence/dist/migrate-all.js'], ['建立 Kafka 主题', 'libs/messaging/dist/create-topics.js']]) {
    const program = join(repository, path);
    if (!existsSync(program)) continue;
    await run(serviceNode(), ['--enable-source-maps', program], { env: environment, cwd: repository, log, what });
    ran.push(what);
  }
  return ran;
}

/** Copies built-in packs that the folder does not have. A version once installed is never replaced. Gives `place/plan/version` of the new ones. */
export function installBuiltInPacks(policyFolder) {
  const source = join(repository, 'libs/policy/packs');
  mkdirSync(policyFolder, { recursive: true });
  if (!existsSync(source)) return [];
  const added = [];
  for (const pack of packsIn(source)) {
    const target = join(policyFolder, pack);
    if (existsSync(target)) continue;
    const draft = `${target}.${process.pid}.draft`;
    remove(draft);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(source, pack), draft, { recursive: true });
    renameSync(draft, target);
    added.push(pack);
  }
  mergeVersionLock(join(source, 'versions.lock'), join(policyFolder, 'versions.lock'));
  return added;
}

/** Folders that hold a pack.yaml, relative to `root`. */
function packsIn(root, folder = root) {
  if (existsSync(join(folder, 'pack.yaml'))) return [relative(root, folder)];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.draft'))
    .flatMap((entry) => packsIn(root, join(folder, entry.name)));
}

/** Lines of the shipped lock that the installed one lacks are added; existing lines stay as they are. */
function mergeVersionLock(shipped, installed) {
  const wanted = readText(shipped);
  if (wanted === undefined) return;
  const present = readText(installed) ?? '';
  const missing = wanted.split('\n').filter((line) => line.trim() && !present.split('\n').includes(line));
  if (missing.length > 0) writeAtomically(installed, `${[...present.split('\n').filter(Boolean), ...missing].join('\n')}\n`);
}

/** Stops with a clear message when the programs were never built. */
export function requireBuild() {
  if (!existsSync(join(repository, 'libs/persistence/dist/migrate-all.js'))) throw new Failure('程序还没有构建', 'npm run build');
}
