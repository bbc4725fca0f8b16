import { tokenFor } from '../account/token.js';

/** Tokens of demonstration accounts, one for each account and place, asked for anew before they end. */
export function tokens(env: NodeJS.ProcessEnv): (account: string, place?: string) => Promise<string> {
  const held = new Map<string, { token: Promise<string>; until: number }>();
  return (account, place) => {
    const name = `${account}@${place ?? ''}`;
    const known = held.get(name);
    if (known && known.until > Date.now()) return known.token;
    const token = tokenFor(env, account, place).then(({ access_token: it }) => it);
    held.set(name, { token, until: Date.now() + 5 * 60_000 });
    token.catch(() => held.delete(name));
    return token;
  };
}
