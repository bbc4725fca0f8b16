import { join } from 'node:path';
import { builtInCalendar } from '@zhijian/calendar';
import { planCampaign } from '@zhijian/policy';
import { packShelf } from './command/folders.js';
import { agendaFor } from './demonstration/agenda.js';
import { Api } from './demonstration/api.js';
import { Hands } from './demonstration/clock.js';
import { expectedOf } from './demonstration/expected.js';
import { formsOf } from './demonstration/forms.js';
import { Journal } from './demonstration/journal.js';
import { Play } from './demonstration/play.js';
import { refusedAfterwards } from './demonstration/refusals.js';
import { scenarioFor } from './demonstration/scenario.js';
import data from './demonstration/data/hangzhou-2023.json' with { type: 'json' };
import { until } from './demonstration/stage-hand.js';
import { tokens } from './demonstration/tokens.js';
import { verified } from './demonstration/verification.js';

/** Carries one campaign through the running system, as people would: over the API, day by day. Started by `npm start`. */
async function demonstrate(env: NodeJS.ProcessEnv): Promise<boolean> {
  const hands = Hands.take(env);
  const pack = await packShelf(env).get(data.pack);
  const scenario = scenarioFor(pack);
  const expected = expectedOf(scenario);
  const forms = formsOf(pack);
  const journal = new Journal((line) => console.log(line), (line) => console.error(line), () => hands.today());
  const api = new Api(env['GATEWAY_URL'] ?? 'http://127.0.0.1:4200', tokens(env));
  const play = new Play(scenario, planCampaign(pack, builtInCalendar), api, hands, journal);
  const accounts = env['ACCOUNTS_FILE'] ?? join(env['ZHIJIAN_DATA'] ?? '.local', 'accounts.json');
  const from = Date.now();

  await hands.work();
  for (const { on, scene } of agendaFor(play, forms, expected, accounts)) {
    const begun = Date.now();
    if (play.campaignId) await until(play, on);
    else await hands.jumpTo(on);
    const waited = Date.now();
    const line = await scene();
    if (line) journal.say(line);
    console.error(`${on} ${line ?? ''} 等待 ${waited - begun} 毫秒，办理 ${Date.now() - waited} 毫秒`);
  }
  await refusedAfterwards(play);
  await verified(play, forms, expected);
  journal.say(`演示用时 ${Math.round((Date.now() - from) / 1000)} 秒，调用接口 ${api.calls} 次`);
  return journal.close();
}

try {
  process.exitCode = (await demonstrate(process.env)) ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log(`演示中断：${(error as Error).message}`);
  process.exitCode = 1;
}
process.disconnect?.();
