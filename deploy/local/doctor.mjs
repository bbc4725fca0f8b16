// `npm run doctor`: names each missing thing and the fix. Exit 1 when something is missing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diskCheck, nodeCheck, npmCheck, postgresCheck, toolChecks } from './checks.mjs';
import { chromiumHere } from './chromium.mjs';
import { answer, which } from './command.mjs';
import { answersAt } from './given.mjs';
import { packagesInstalled } from './install.mjs';
import { isFree, portFrom } from './ports.mjs';
import { readProcessList } from './process-list.mjs';
import { processOf } from './machine.mjs';
import { cacheFolder, documentedPorts, fromRepository, loadDotEnv, repository } from './settings.mjs';

loadDotEnv();
const json = process.argv.includes('--json');
const folder = fromRepository(process.env.ZHIJIAN_DATA ?? '.local');
const running = readProcessList(folder).filter((entry) => processOf(entry.pid)?.command === entry.command);

const checks = [nodeCheck(), npmCheck(), postgresCheck(), ...toolChecks(), diskCheck(folder), diskCheck(cacheFolder())];
checks.push({ name: '依赖包', ok: packagesInstalled(), found: existsSync(join(repository, 'node_modules')) ? '与 package-lock.json 对照' : undefined, fix: 'npm ci (npm start 会自己做)' });
for (const [name, [usual, variable]] of Object.entries(documentedPorts)) {
  const port = portFrom(process.env[variable] ?? usual);
  if (port === undefined) {
    checks.push({ name: `端口 ${name}`, ok: false, found: `${variable}=${process.env[variable]} 不是端口号`, fix: `把 ${variable} 设为 1 到 65535 之间的整数` });
    continue;
  }
  const ours = running.find((entry) => entry.port === port);
  const ok = Boolean(ours) || (await isFree(port));
  checks.push({ name: `端口 ${port} (${name})`, ok, found: ours ? '本系统正在使用' : ok ? '空闲' : '被其他程序占用', fix: `停止占用它的程序, 或换一个端口: ${variable}=${port + 1}` });
}
for (const variable of ['DATABASE_URL', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS']) {
  if (!process.env[variable]) continue;
  checks.push(await answersAt(variable, process.env[variable]).then(() => ({ name: variable, ok: true, found: '有应答' }), ({ message, fix }) => ({ name: variable, ok: false, found: message, fix })));
}
const chromium = chromiumHere();
const forTests = 'npm test 需要; 以 root 在 Debian 上会自己安装, 否则';
checks.push({ name: 'Chromium', ok: Boolean(chromium), optional: true, found: chromium, fix: `${forTests} apt-get install chromium` });
checks.push({ name: 'Python 3', ok: Boolean(which('python3')), optional: true, found: which('python3'), fix: `${forTests} apt-get install python3` });
checks.push({ name: '中文字体', ok: Boolean(answer('fc-list', [':lang=zh'])?.trim()), optional: true, fix: `${forTests} apt-get install fontconfig fonts-noto-cjk` });

const missing = checks.filter(({ ok, optional }) => !ok && !optional);
if (json) console.log(JSON.stringify({ ok: missing.length === 0, checks: checks.map(({ name, ok, optional = false, found, fix }) => ({ name, ok, optional, found: found ?? null, fix: ok ? null : fix })) }));
else {
  for (const { name, ok, optional, found, fix } of checks) console.log(`${ok ? '✓' : optional ? '–' : '✗'} ${name}  ${found ?? '无'}${ok ? '' : `\n    办法: ${fix}`}`);
  console.log(missing.length === 0 ? '可以运行 npm start' : `缺少 ${missing.length} 项`);
}
process.exit(missing.length === 0 ? 0 : 1);
