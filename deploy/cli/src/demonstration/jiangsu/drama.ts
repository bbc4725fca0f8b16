import data from '../data/jiangsu-2014.json' with { type: 'json' };
import { comingWith, playOf, type Drama } from '../drama.js';
import { agendaFor } from './agenda.js';
import { expectedOf } from './expected.js';
import { scenarioFor } from './scenario.js';
import { verified } from './verification.js';

/** Jiangsu 2014: the norm of work of occupational health services. */
export const jiangsu: Drama = {
  pack: data.pack,
  rehearse(pack, stage) {
    const scenario = scenarioFor(pack);
    const expected = expectedOf(scenario);
    const play = playOf(scenario, pack, stage);
    return { name: data.name, scenes: agendaFor(play, expected, stage.accountsFile), afterwards: () => verified(play, expected), comeTo: comingWith(play) };
  },
};
