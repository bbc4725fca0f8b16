import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { roles } from '@zhijian/contracts';
import { z } from 'zod';

const none = z.string().nullish().transform((value) => value ?? undefined);
/** `under`: the place of the same account that this one lies in. */
const place = z.object({ code: z.string().min(1), name: none, institutionId: none, institutionName: none, under: none });
const account = z.object({ name: z.string().regex(/^[a-z0-9-]{1,40}$/), displayName: z.string().min(1), role: z.enum(roles), places: z.array(place) });
export type Account = z.infer<typeof account>;

/** Known to everybody: these are demonstration accounts. */
export const demonstrationPassword = 'demo';
const builtIn = fileURLToPath(new URL('../demonstration-accounts.json', import.meta.url));
const accountsIn = (file: string): Account[] => z.array(account).parse(JSON.parse(readFileSync(file, 'utf8')));

/** The built-in demonstration accounts; those of a file, read again when it changes, replace them by name. */
export class Accounts {
  private readonly first = accountsIn(builtIn);
  private read: { seen: string; accounts: Account[] } = { seen: '', accounts: [] };

  constructor(private readonly file: string, private readonly warn: (sentence: string) => void = (sentence) => console.warn(sentence)) {}

  all(): Account[] {
    const own = this.ofFile();
    return [...this.first.map((it) => own.find(({ name }) => name === it.name) ?? it), ...own.filter(({ name }) => !this.first.some((it) => it.name === name))];
  }

  find(name: string): Account | undefined {
    return this.all().find((it) => it.name === name);
  }

  private ofFile(): Account[] {
    const stat = statSync(this.file, { throwIfNoEntry: false });
    const seen = stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
    if (seen === this.read.seen) return this.read.accounts;
    try {
      this.read = { seen, accounts: stat ? accountsIn(this.file) : [] };
    } catch (error) {
      this.warn(`${this.file} cannot be read, the accounts stay as they were: ${(error as Error).message}`);
      this.read = { ...this.read, seen };
    }
    return this.read.accounts;
  }
}

export interface Claims { name: string; role: string; places: Omit<Account['places'][number], 'under'>[] }
const mostBytes = 6000; // of places; a token travels in one header, and headers are limited

/**
 * What a token says of an account.
 * @param code narrows it to one place, with what of the account's places lies in it; undefined when the account is not there
 */
export function claimsOf({ displayName, role, places }: Account, code?: string): Claims | undefined {
  const within = (it: Account['places'][number], steps = 0): boolean => it.code === code || (it.under !== undefined && steps < 5 && places.some((above) => above.code === it.under && within(above, steps + 1)));
  const own = code ? [...places.filter((it) => it.code === code), ...places.filter((it) => it.code !== code && within(it))] : places;
  if (code && own[0]?.code !== code) return undefined;
  const chosen = own.map(({ under: _, ...it }) => it);
  const short = JSON.stringify(chosen).length <= mostBytes ? chosen : chosen.map(({ code, institutionId }) => ({ code, name: undefined, institutionId, institutionName: undefined }));
  return { name: displayName, role, places: short };
}
