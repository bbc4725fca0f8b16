import { countersigned, type Countersignature } from '@zhijian/audit';
import { refuse, type Refused } from '@zhijian/contracts';
import { LogReader, type Caller, type UnitOfWork } from '@zhijian/persistence';
import { setting } from '@zhijian/service-kit';
import { join } from 'node:path';
import type { KeptFile } from './kept-file.js';

/** A witness whose countersignatures are taken; its key is registered in a file, outside the database. One with a new key stands there twice. */
export interface RegisteredWitness { name: string; publicKey: string }

/** Where the registered witnesses stand. */
export const witnessesPath = (): string => setting('LOG_WITNESSES', join(setting('ZHIJIAN_DATA', '.local'), 'witnesses.json'));

/** All keys a witness has signed with; none: it is not registered. */
export const keysOf = (registered: readonly RegisteredWitness[], witness: string): string[] => registered.filter(({ name }) => name === witness).map(({ publicKey }) => publicKey);

export const witnessSentences = {
  'witness-unknown': '没有登记过见证方“{witness}”',
  'head-unknown': '没有 {size} 条记录的签名树头',
  'countersignature-wrong': '会签与该树头、该见证方的公钥不符',
};

/** Keeps a registered witness's countersignature beside the head it is of; a repetition changes nothing. */
export class Witnesses {
  constructor(private readonly uow: UnitOfWork, private readonly file: KeptFile<RegisteredWitness[]>) {}

  keep(given: Countersignature, by: Caller): Promise<{ ok: true; witness: string; size: number } | Refused> {
    const { witness, size, root, signature } = given;
    return this.uow.run(by, async (tx) => {
      const keys = keysOf(this.file.read() ?? [], witness);
      if (keys.length === 0) return refuse('witness-unknown', [], { witness });
      const head = await new LogReader((sql, parameters) => tx.query(sql, parameters)).headOfSize(size);
      if (!head) return refuse('head-unknown', [], { size });
      if (!keys.some((key) => countersigned(head.head, given, key))) return refuse('countersignature-wrong', [], { witness });
      tx.write('insert into countersignature (size, witness, root, signature, at) values ($1, $2, $3, $4, now()) on conflict do nothing', [size, witness, root, signature]);
      tx.note('tree head countersigned', String(size), null, { witness, root });
      return { ok: true as const, witness, size };
    });
  }
}
