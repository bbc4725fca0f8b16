import { countersigned, type Countersignature, type SignedHead } from '@zhijian/audit';
import type pg from 'pg';
import type { Finding } from './finding.js';
import { keysOf, type RegisteredWitness } from './witnesses.js';

/**
 * Each countersignature is of a stored head and, where its witness is registered, made by a key of that witness. What a witness
 * signed who is not registered any more is let be: without the key nobody here can say anything of it.
 * @param heads all that are stored; `verified` what has been checked before against the same head and keys; grows
 */
export async function checkCountersignatures(client: pg.ClientBase, { heads, witnesses, verified }: { heads: readonly SignedHead[]; witnesses: readonly RegisteredWitness[]; verified: Set<string> }): Promise<Finding[]> {
  const { rows } = await client.query<Omit<Countersignature, 'size'> & { size: string }>('select size, witness, root, signature from workflows.countersignature order by size, witness');
  const stored = new Map(heads.map(({ head }) => [head.size, head]));
  const findings: Finding[] = [];
  for (const row of rows) {
    const given: Countersignature = { ...row, size: Number(row.size) };
    const head = stored.get(given.size);
    if (!head) {
      findings.push({ kind: 'head-changed', room: null, subject: row.size }); // a head is countersigned where it stands: it is gone
      continue;
    }
    const keys = keysOf(witnesses, given.witness);
    const name = JSON.stringify([head, given, keys]);
    if (keys.length === 0 || verified.has(name)) continue;
    if (keys.some((key) => countersigned(head, given, key))) verified.add(name);
    else findings.push({ kind: 'countersignature-changed', room: null, subject: `${given.witness}/${row.size}` });
  }
  return findings;
}
