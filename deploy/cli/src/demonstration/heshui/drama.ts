import data from '../data/heshui-2024.json' with { type: 'json' };
import { comingWith, playOf, type Drama } from '../drama.js';
import { agendaFor } from './agenda.js';
import { expectedOf } from './expected.js';
import { scenarioFor } from './scenario.js';
import { verified } from './verification.js';

/** Heshui 2024–25: the action of a county over two years. */
export const heshui: Drama = {
  pack: data.pack,
  rehearse(pack, stage) {
    const scenario = scenarioFor(pack);
    const play = playOf(scenario, pack, stage);
    return { name: data.name, scenes: agendaFor(play, pack, stage.accountsFile), afterwards: () => verified(play, pack, expectedOf(scenario)), comeTo: comingWith(play) };
  },
};
