import { builtInCalendar } from '@zhijian/calendar';
import { planCampaign, type Pack } from '@zhijian/policy';
import type { Api } from './api.js';
import type { Cast } from './cast.js';
import type { Hands } from './clock.js';
import type { Journal } from './journal.js';
import { Play } from './play.js';

/** What happens on one day; `scene` answers one line of progress. */
export interface Scene { on: string; scene: () => Promise<string | null> }

/** What every document is played with. */
export interface Stage { readonly api: Api; readonly hands: Hands; readonly journal: Journal; readonly accountsFile: string }

/** One document as it is played: its scenes by day, and what must hold when its campaign has ended. */
export interface Drama { readonly pack: string; rehearse(pack: Pack, stage: Stage): Rehearsed }
export interface Rehearsed { readonly play: Play; readonly scenes: Scene[]; readonly afterwards: () => Promise<void> }

export const playOf = <S extends Cast>(scenario: S, pack: Pack, { api, hands, journal }: Stage): Play<S> => new Play(scenario, planCampaign(pack, builtInCalendar), api, hands, journal);

/** Scenes by day; those of one day keep their order. */
export const byDay = (scenes: readonly Scene[]): Scene[] => scenes.map((scene, at) => ({ ...scene, at })).sort((a, b) => (a.on === b.on ? a.at - b.at : a.on < b.on ? -1 : 1));
