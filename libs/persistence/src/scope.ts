import { AsyncLocalStorage } from 'node:async_hooks';
import type { Statement } from './prepared.js';
import { prepared } from './prepared.js';

/**
 * Whose rows somebody may see and change: the row-security context of every statement. Codes are jurisdictions.
 * `reach`: `places` what is listed; `read-all` sees everything and changes nothing (auditors); `all` is a machine's: a
 * workflow step, a consumer, a migration.
 */
export interface Scope {
  readonly reach: 'places' | 'read-all' | 'all';
  readonly places: readonly string[];
  /** Institutions whose person this is: their rows, wherever they are. */
  readonly bodies: readonly string[];
  /** Where those institutions are registered: what is announced there, not what is known of others there. */
  readonly located: readonly string[];
  /** Only reads: even inside a transaction it sees no more than it is shown. */
  readonly reading?: boolean;
}

/** Sees nothing, changes nothing. */
export const nowhere: Scope = { reach: 'places', places: [], bodies: [], located: [] };
/** A machine acts for the whole installation; who it is says the actor of its command. */
export const everywhere: Scope = { reach: 'all', places: [], bodies: [], located: [] };

const current = new AsyncLocalStorage<Scope>();

/** What `work` reads and writes, now and later, it reads and writes in this scope. */
export const within = <T>(scope: Scope, work: () => T): T => current.run(scope, work);
export const currentScope = (): Scope | undefined => current.getStore();

/** Codes and ids as one text, as the policies take them apart; what is no code or id is left out. */
const listed = (names: readonly string[]): string => names.filter((name) => /^[\w-]+$/.test(name)).join(',');

const open = `select set_config('app.reach', $1, true), set_config('app.places', $2, true), set_config('app.bodies', $3, true), set_config('app.located', $4, true), set_config('app.command', '', true)`;

/** Goes out before a read, in the same batch: both are one transaction, after which the context is gone. */
export const opening = (scope: Scope): Statement => prepared(open, valuesOf(scope));

/** The settings as the policies read them. */
export const valuesOf = ({ reach, places, bodies, located }: Scope): [string, string, string, string] => [reach, listed(places), listed(bodies), listed(located)];

/** An institution's command acts in the place it is registered in: what follows of it there, the institution itself cannot read. */
export const commanding = (scope: Scope): Scope => (scope.located.length && !scope.reading ? { ...scope, places: [...scope.places, ...scope.located] } : scope);
