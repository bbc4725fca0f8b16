import { countersigned, type Countersignature } from '@zhijian/audit';
import { refuse, type Refused } from '@zhijian/contracts';
import { LogReader, type Caller, type UnitOfWork } from '@zhijian/persistence';
import type { KeptFile } from './kept-file.js';

/** A witness whose countersignatures are taken; its key is registered in a file, outside the database. */
export interface RegisteredWitness { name: string; publicKey: string }

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
      const registered = (this.file.read() ?? []).find(({ name }) => name === witness);
      if (!registered) return refuse('witness-unknown', [], { witness });
      const head = await new LogReader((sql, parameters) => tx.query(sql, parameters)).headOfSize(size);
      if (!head) return refuse('head-unknown', [], { size });
      if (!countersigned(head.head, given, registered.publicKey)) return refuse('countersignature-wrong', [], { witness });
      tx.write('insert into countersignature (size, witness, root, signature, at) values ($1, $2, $3, $4, now()) on conflict do nothing', [size, witness, root, signature]);
      tx.note('tree head countersigned', String(size), null, { witness, root });
      return { ok: true as const, witness, size };
    });
  }
}
