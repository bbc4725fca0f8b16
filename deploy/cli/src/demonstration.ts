import { join } from 'node:path';
import { packShelf } from './command/folders.js';
import { Api } from './demonstration/api.js';
import { Hands } from './demonstration/clock.js';
import type { Drama, Stage } from './demonstration/drama.js';
import { hangzhou } from './demonstration/hangzhou/drama.js';
import { heshui } from './demonstration/heshui/drama.js';
import { jiangsu } from './demonstration/jiangsu/drama.js';
import { Journal } from './demonstration/journal.js';
import { until } from './demonstration/stage-hand.js';
import { tokens } from './demonstration/tokens.js';

/** The documents in the order of their time. */
const dramas: readonly Drama[] = [jiangsu, hangzhou, heshui];

/** Carries the campaigns through the running system, as people would: over the API, day by day, one after the other. Started by `npm start`; packs named as arguments are played alone. */
async function demonstrate(env: NodeJS.ProcessEnv, only: readonly string[]): Promise<boolean> {
  const hands = Hands.take(env);
  const journal = new Journal((line) => console.log(line), (line) => console.error(line), () => hands.today());
  const api = new Api(env['GATEWAY_URL'] ?? 'http://127.0.0.1:4200', tokens(env));
  const stage = { api, hands, journal, accountsFile: env['ACCOUNTS_FILE'] ?? join(env['ZHIJIAN_DATA'] ?? '.local', 'accounts.json') };
  const from = Date.now();
  await hands.work();
  for (const drama of dramas.filter(({ pack }) => only.length === 0 || only.some((name) => pack.startsWith(name)))) await played(drama, stage, env);
  journal.say(`演示用时 ${Math.round((Date.now() - from) / 1000)} 秒，调用接口 ${api.calls} 次`);
  return journal.close();
}

async function played(drama: Drama, stage: Stage, env: NodeJS.ProcessEnv): Promise<void> {
  const from = Date.now();
  const { play, scenes, afterwards } = drama.rehearse(await packShelf(env).get(drama.pack), stage);
  for (const { on, scene } of scenes) {
    const begun = Date.now();
    if (play.campaignId) await until(play, on);
    else await stage.hands.jumpTo(on);
    const waited = Date.now();
    const line = await scene();
    if (line) stage.journal.say(line);
    console.error(`${on} ${line ?? ''} 等待 ${waited - begun} 毫秒，办理 ${Date.now() - waited} 毫秒`);
  }
  await afterwards();
  stage.journal.say(`${play.scenario.data.name}：用时 ${Math.round((Date.now() - from) / 1000)} 秒`);
}

try {
  process.exitCode = (await demonstrate(process.env, process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log(`演示中断：${(error as Error).message}`);
  process.exitCode = 1;
}
process.disconnect?.();
