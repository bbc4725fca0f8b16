import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, sha256, type CertificateDraft } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';

const evaluator = fileURLToPath(new URL('evaluate.py', import.meta.url));

/** A certificate with the text of its rule, as somebody without our servers holds them. */
export interface Kept { readonly certificate: string; readonly rule: string }

/** A draft as it is written with a command. */
export function written({ rule, determined = true, jurisdiction = '990100', ...draft }: CertificateDraft): Kept {
  const body = canonicalJson(rule!.text);
  return { rule: body, certificate: canonicalJson({ ...draft, id: newId(), jurisdiction, determined, rule: { form: rule!.form, name: rule!.name, sha256: sha256(body) }, inputsSha256: sha256(canonicalJson(draft.inputs)), actor: 'test', cause: 'test', workflow: null, at: '2024-01-02T09:00:00.000+08:00' }) };
}

/** What `evaluate.py` says of certificates: it shares no code with ours. Throws with its words where it cannot read them. */
export function askedIndependently(kept: readonly Kept[]): { same: number; different: number; forms: Record<string, number>; differing: unknown[] } {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    const file = join(folder, 'all.jsonl');
    writeFileSync(file, kept.map((one) => JSON.stringify(one)).join('\n'));
    const { stdout, stderr } = spawnSync('python3', [evaluator, file], { encoding: 'utf8', maxBuffer: 1e9 });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout) as never;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
