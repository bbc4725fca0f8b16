/** A rule said no: a value, with its code, the clauses it rests on, and what a person needs to know. */
export interface Refused<Code extends string = string> {
  ok: false;
  code: Code;
  clauses: string[];
  facts: Record<string, unknown>;
  /** The thing is not in a state where this can be done (HTTP 409); otherwise the content is refused (422). */
  wrongState?: boolean;
  errors?: { path: string; message: string }[];
}

/** Builds a refusal. */
export const refuse = <Code extends string>(code: Code, clauses: string[] = [], facts: Record<string, unknown> = {}, more: Pick<Refused, 'wrongState' | 'errors'> = {}): Refused<Code> => ({ ok: false, code, clauses, facts, ...more });

export const isRefused = (value: unknown): value is Refused => typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false && 'code' in value;
