import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '@zhijian/contracts';
import { readTable, registerTable } from '@zhijian/documents';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { registerAll, type Registration } from '../institution/institution.rows.js';
import { RosterAmendments } from '../roster/roster.amendments.js';
import { importById, type RegisterImport } from './register-import.queries.js';
import { ledgerFor, linesOf, sift } from './register-import.rules.js';

/** At most so many faults are shown; whoever has more mends these first. */
const mostFaults = 1000;

/** A list of institutions from a file: read and shown first, registered only when confirmed. */
@Injectable()
export class RegisterImportService {
  constructor(
    private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly rosters: RosterAmendments, private readonly clock: Clock, private readonly packs: PackShelf,
  ) {}

  /** Reads the file apart from this process, keeps good lines and faults; registers nothing. */
  async preview(file: Buffer, fileName: string, places: readonly string[], person: string, by: Caller): Promise<RegisterImport> {
    const table = ledgerFor(registerTable, { places, today: this.clock.now().slice(0, 10) });
    const read = await readTable(table, file);
    const { good, faults } = sift(read.rows, table);
    const errors = [...read.errors, ...faults];
    const sha256 = createHash('sha256').update(file).digest('hex');
    return this.uow.run(by, async (tx) => {
      const id = newId();
      await tx.execute('insert into register_import (id, file_name, sha256, rows, good, errors, uploaded_by, uploaded_at, loaded_by, concerns) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [id, fileName, sha256, linesOf(good, errors), JSON.stringify(good), JSON.stringify(errors.slice(0, mostFaults)), by.actor, tx.now, person, [...new Set(good.map(({ jurisdiction }) => String(jurisdiction)))]]);
      tx.note('register import previewed', id, null, { sha256, good: good.length, errors: errors.length });
      return (await importById(tx, id))!;
    });
  }

  /** @throws Missing (404) when there is none, or it is somebody else's */
  async one(id: string, places: readonly string[], actor: string): Promise<RegisterImport> {
    const found = await importById({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, id);
    if (!found || !(await this.mayRead(id, found, places, actor))) throw notFound('这次名单导入');
    return found;
  }

  /** Registers the good lines. Institutions known already stay as they are; confirming again answers the same counts. */
  confirm(id: string, by: Caller): Promise<{ registered: number; unchanged: number }> {
    return this.uow.run(by, async (tx) => {
      const [held] = await tx.query<{ state: string; good: Registration[]; registered: number; unchanged: number }>(
        'select state, good, registered, unchanged from register_import where id = $1 for update', [id]);
      if (!held) throw notFound('这次名单导入');
      return held.state === 'confirmed' ? { registered: held.registered, unchanged: held.unchanged } : this.register(tx, id, held.good);
    });
  }

  private async register(tx: Tx, id: string, good: readonly Registration[]) {
    const added = await registerAll(tx, good, (kind) => this.packs.groundsOf('filing', { kinds: [kind], on: tx.now.slice(0, 10) }));
    await this.rosters.follow(tx, added.filter(({ filing }) => filing), '新备案或新取得资质');
    const counts = { registered: added.length, unchanged: good.length - added.length };
    await tx.execute(`update register_import set state = 'confirmed', version = version + 1, registered = $2, unchanged = $3 where id = $1`, [id, counts.registered, counts.unchanged]);
    tx.note('register import confirmed', id, null, counts);
    return counts;
  }

  /** Its own uploader, or an officer of every place in it. */
  private async mayRead(id: string, { good }: RegisterImport, places: readonly string[], actor: string): Promise<boolean> {
    const [own] = await this.dataSource.query<unknown[]>('select 1 from register_import where id = $1 and uploaded_by = $2', [id, actor]);
    return own !== undefined || (good.length > 0 && good.every(({ jurisdiction }) => places.includes(String(jurisdiction))));
  }
}
