import data from '../data/chongqing-2024.json' with { type: 'json' };
import type { Drama } from '../drama.js';
import { Troupe } from '../troupe.js';
import { agendaFor } from './agenda.js';
import { scenarioFor } from './scenario.js';

/** Chongqing's colours of 2024 and 2025, with the comparisons and scores of the years before them; no campaign, so that it is played inside another document's time. */
export const chongqing: Drama = {
  pack: data.pack,
  rehearse(pack, stage) {
    const { api, hands, journal } = stage;
    const play = Object.assign(new Troupe(scenarioFor(pack), api, hands, journal), { running: false });
    const { scenes, held } = agendaFor(play, stage);
    return { name: data.name, scenes, afterwards: held, comeTo: (on, at) => (play.running ? hands.until(`${on}T${at}:00+08:00`, { near: true }) : hands.jumpTo(on, at)) };
  },
};
