import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.js';

const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

/** A folder of a test's own, gone with its file. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-cli-'));
  folders.push(folder);
  return folder;
};

interface Duty { id: string; dueOn: string | null; receiver: string | null; yearly?: string }
interface Place { code: string; name: string; institutionId: string; institutionName: string }

/** Every field that some command's document has; a test looks at those of the command it asks. */
interface Document {
  pack: string; findings: { id: string; kind: string; severity: string; quote?: string }[]; cases: { passed: number; failed: number };
  clauses: { id: string; quote: string }[];
  total: number; traced: number; missing: string[]; determined: boolean; value: unknown; reason: string; new: boolean;
  on: string; firm: boolean; counted: string[]; moved: unknown[]; cities: { city: string; inspectors: number; stages: { id: string; duties: Duty[] }[] }[];
  hash: string; deadlines: unknown[]; perDay: unknown[]; perInspectorWeek: { city: string; inspector: string; week: string; visits: number }[]; overloaded: unknown[]; late: { name: string }[]; assumptions: object;
  shifted: object[]; checklist: { items: object[] } | null; errors: { path: string; message: string }[];
  ok: boolean; mismatches: unknown[]; accounts: { name: string; places: Place[] }[]; checks: { ok: boolean; fix: string | null }[]; error: { message: string };
}
export interface Told { code: number; out: string; err: string; json: Document }

/** Asks as a person would, with a data folder of its own. `json` is the one document on standard output, if it is one. */
export async function ask(line: string | string[], { env = {}, cwd = emptyFolder(), patience }: { env?: NodeJS.ProcessEnv; cwd?: string; patience?: number } = {}): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const nobody = { GATEWAY_URL: 'http://127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1' };
  const code = await run(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, { out: (text) => out.push(text), err: (text) => err.push(text), env: { ZHIJIAN_DATA: emptyFolder(), ...nobody, ...env }, cwd, ...(patience && { patience }) });
  const text = out.join('');
  return { code, out: text, err: err.join(''), json: JSON.parse(text.startsWith('{') ? text : '{}') as Document };
}
