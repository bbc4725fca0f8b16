import { join } from 'node:path';
import { packShelf } from './command/folders.js';
import { Api } from './demonstration/api.js';
import { chongqing } from './demonstration/chongqing/drama.js';
import { Hands } from './demonstration/clock.js';
import { byDay, morning, type Drama, type Stage } from './demonstration/drama.js';
import { hangzhou } from './demonstration/hangzhou/drama.js';
import { heshui } from './demonstration/heshui/drama.js';
import { jiangsu } from './demonstration/jiangsu/drama.js';
import { Journal } from './demonstration/journal.js';
import { tokens } from './demonstration/tokens.js';

/** The documents in the order of their time; those that stand together share their days, and the first of them leads: time never jumps while its campaign is open. */
const dramas: readonly (readonly Drama[])[] = [[jiangsu], [hangzhou], [heshui, chongqing]];

/** Carries the documents through the running system, as people would: over the API, day by day. Started by `npm start`; packs named as arguments are played alone. */
async function demonstrate(env: NodeJS.ProcessEnv, only: readonly string[]): Promise<boolean> {
  const hands = Hands.take(env);
  const journal = new Journal((line) => console.log(line), (line) => console.error(line), () => hands.today());
  const api = new Api(env['GATEWAY_URL'] ?? 'http://127.0.0.1:4200', tokens(env));
  const stage = { api, hands, journal, env, accountsFile: env['ACCOUNTS_FILE'] ?? join(env['ZHIJIAN_DATA'] ?? '.local', 'accounts.json') };
  const from = Date.now();
  await hands.work();
  const chosen = ({ pack }: Drama): boolean => only.length === 0 || only.some((name) => pack.startsWith(name));
  for (const together of dramas.map((group) => group.filter(chosen)).filter(({ length }) => length > 0)) await played(together, stage);
  journal.say(`演示用时 ${Math.round((Date.now() - from) / 1000)} 秒，调用接口 ${api.calls} 次`);
  return journal.close();
}

async function played(together: readonly Drama[], stage: Stage): Promise<void> {
  const from = Date.now();
  const shelf = packShelf(stage.env);
  const rehearsed = await Promise.all(together.map(async (drama) => drama.rehearse(await shelf.get(drama.pack), stage)));
  for (const { on, at = morning, scene } of byDay(rehearsed.flatMap(({ scenes }) => scenes))) {
    const begun = Date.now();
    await rehearsed[0]!.comeTo(on, at);
    const waited = Date.now();
    const line = await scene();
    if (line) stage.journal.say(line);
    console.error(`${on} ${line ?? ''} 等待 ${waited - begun} 毫秒，办理 ${Date.now() - waited} 毫秒`);
  }
  for (const { afterwards } of rehearsed) await afterwards();
  stage.journal.say(`${rehearsed.map(({ name }) => name).join('，')}：用时 ${Math.round((Date.now() - from) / 1000)} 秒`);
}

try {
  process.exitCode = (await demonstrate(process.env, process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log(`演示中断：${(error as Error).message}`);
  process.exitCode = 1;
}
process.disconnect?.();
