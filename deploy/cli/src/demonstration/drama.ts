import { builtInCalendar } from '@zhijian/calendar';
import { planCampaign, type Pack } from '@zhijian/policy';
import type { Api } from './api.js';
import type { Cast } from './cast.js';
import type { Hands } from './clock.js';
import type { Journal } from './journal.js';
import { Play } from './play.js';
import { until } from './stage-hand.js';

/** What happens on one day; `scene` answers one line of progress. `at`: the time of day, nine in the morning where nothing is said; `00:00` is what workflows do as the day begins. */
export interface Scene { on: string; at?: string; scene: () => Promise<string | null> }

/** What every document is played with. */
export interface Stage { readonly api: Api; readonly hands: Hands; readonly journal: Journal; readonly accountsFile: string; readonly env: NodeJS.ProcessEnv }

/** One document as it is played: its scenes by day, how time comes to each of them, and what must hold at the end. */
export interface Drama { readonly pack: string; rehearse(pack: Pack, stage: Stage): Rehearsed }
export interface Rehearsed { readonly name: string; readonly scenes: readonly Scene[]; readonly afterwards: () => Promise<void>; readonly comeTo: (on: string, at: string) => Promise<void> }

/** Nine in the morning. */
export const morning = '09:00';

export const playOf = <S extends Cast>(scenario: S, pack: Pack, { api, hands, journal }: Stage): Play<S> => new Play(scenario, planCampaign(pack, builtInCalendar), api, hands, journal);

/** Time jumps as long as the campaign is not open, and runs from then on. */
export const comingWith = (play: Play): Rehearsed['comeTo'] => (on, at) => (play.campaignId ? until(play, on, at) : play.hands.jumpTo(on, at));

/** Scenes by their instants; those of one instant keep their order. */
export function byDay(scenes: readonly Scene[]): Scene[] {
  const instant = ({ on, at = morning }: Scene): string => `${on} ${at}`;
  return scenes.map((scene, place) => ({ scene, place })).sort((a, b) => (instant(a.scene) === instant(b.scene) ? a.place - b.place : instant(a.scene) < instant(b.scene) ? -1 : 1)).map(({ scene }) => scene);
}
