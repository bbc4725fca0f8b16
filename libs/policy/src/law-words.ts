import type { DutyRule } from './campaign.schema.js';
import type { Found } from './finding.js';
import { actWords, type Standing } from './law.js';
import type { Pack } from './pack.js';
import type { LawSection } from './vocabulary.js';
import { windowOf } from './windows.js';

/** A value of a pack that leaves a bound: where it stands, its words, on which days it holds, what it says and what it must. `perhaps`: it depends on the day. */
export interface Against {
  readonly at: string; readonly title: string; readonly clauses: readonly string[]; readonly wording?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined;
  readonly said: string; readonly must: string; readonly perhaps?: boolean;
}

/** Is a value bound: by its id, or because it says so (`matter`)? */
export const binds = ({ id: bound, bound: { names } }: Standing<LawSection>, id: string, { matter }: { readonly matter?: string | undefined }): boolean => (matter === undefined ? names.includes(id) : matter === bound);

/** The days for which a pack's own values hold. */
export const inForceOf = ({ inForce }: Pack): { from: string; to: string | undefined } => ({ from: inForce.from, to: inForce.to });

/** The duties of a pack, each with the days in which it is done: those of its stage, or for which the pack is in force. */
export const datedDuties = (pack: Pack): { duty: DutyRule; days: { from: string; to: string | undefined } }[] => (pack.campaign?.stages ?? []).flatMap((stage) => {
  const window = windowOf(stage);
  return stage.duties.map((duty) => ({ duty, days: window ? { from: window.opensOn, to: window.closesOn } : inForceOf(pack) }));
});

/** The finding, with the clauses and the words of both. */
export function against(pack: Pack, law: Standing<LawSection>, { at, title, clauses, wording, from, to, said, must, perhaps = false }: Against): Found {
  const { bound, act, article } = law;
  const words = wording ?? clauses.map((id) => pack.clauses[id]?.quote ?? '').join('');
  const days = [law.from && (!from || law.from > from) ? `自 ${law.from} 起` : '', law.to && (!to || law.to < to) ? `至 ${law.to} 止` : ''].join('');
  return {
    id: `against-law:${at}:${law.id}`, kind: 'against-law', severity: bound.severity === 'warning' || perhaps ? 'warning' : 'error', clauses: [...new Set([...clauses, ...bound.clauses])],
    quote: `${words} … ${law.words}`,
    message: `“${title}”（${said}）${perhaps ? '可能' : ''}与上位法不一致：${days ? `${days}，` : ''}${actWords(act, article)}要求“${bound.title}”${must}${bound.why ? `。${bound.why}` : ''}`,
  };
}

