import type { Calendar } from '@zhijian/calendar';
import { decide, type Inputs } from './decide.js';
import { packName, type Pack } from './pack.js';

/** Why a decision falls as it does, in the shape of `pack explain`: pack and calendar as their version names. */
export interface Explanation {
  determined: boolean; value: unknown; reason: string | null; rule: string | null;
  clauses: readonly { id: string; quote: string }[]; inputs: Inputs; missing: readonly string[]; pack: string; calendar: string | null;
}

/** Takes a decision's id and inputs. Throws when the pack has no such decision. */
export function explain(pack: Pack, decision: string, inputs: Inputs, calendar?: Calendar): Explanation {
  const { determined, value, reason, rule, clauses, missing } = decide(pack, decision, inputs);
  return { determined, value, reason, rule, clauses, inputs, missing, pack: packName(pack), calendar: calendar?.version ?? null };
}
