import { comingWith, playOf, type Drama } from '../drama.js';
import data from '../data/hangzhou-2023.json' with { type: 'json' };
import { agendaFor } from './agenda.js';
import { expectedOf } from './expected.js';
import { formsOf } from './forms.js';
import { refusedAfterwards } from './refusals.js';
import { scenarioFor } from './scenario.js';
import { verified } from './verification.js';

/** Hangzhou 2023: the special rectification of health examination. */
export const hangzhou: Drama = {
  pack: data.pack,
  rehearse(pack, stage) {
    const scenario = scenarioFor(pack);
    const expected = expectedOf(scenario);
    const forms = formsOf(pack);
    const play = playOf(scenario, pack, stage);
    return {
      name: data.name, scenes: agendaFor(play, forms, expected, stage.accountsFile), comeTo: comingWith(play),
      async afterwards() {
        await refusedAfterwards(play);
        await verified(play, forms, expected);
      },
    };
  },
};
