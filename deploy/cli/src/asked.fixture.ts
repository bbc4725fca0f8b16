import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.js';

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'zhijian-cli-'));

export interface Told { code: number; out: string; err: string; json: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it

/** Asks as a person would, with a data folder of its own. `json` is the one document on standard output, if it is one. */
export async function ask(line: string | string[], { env = {}, cwd = emptyFolder() }: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const nobody = { GATEWAY_URL: 'http://127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1' };
  const code = await run(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, { out: (text) => out.push(text), err: (text) => err.push(text), env: { ZHIJIAN_DATA: emptyFolder(), ...nobody, ...env }, cwd });
  const text = out.join('');
  return { code, out: text, err: err.join(''), json: text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined };
}
