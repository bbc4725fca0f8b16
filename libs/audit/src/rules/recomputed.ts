/** What a rule says of inputs; `outcome` is null where it cannot be determined. */
export interface Recomputed { readonly determined: boolean; readonly outcome: unknown }

export const undetermined: Recomputed = { determined: false, outcome: null };
export const determined = (outcome: unknown): Recomputed => ({ determined: true, outcome });
