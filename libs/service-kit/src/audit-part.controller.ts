import { Controller, Injectable } from '@nestjs/common';
import type { CommandEntry } from '@zhijian/audit';
import { belongs, caseOf, concerns, noticesOf, patternsOf, type AuditedCase, type RoomPart, type Stated } from '@zhijian/audit/bundle';
import { audit } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { RoomName } from './parked.controller.js';

/** A room's own rows of a case, by table; nothing personal is among them. */
export class AuditRows {
  constructor(readonly of: (asked: AuditedCase) => Promise<Record<string, Record<string, unknown>[]>>) {}
}

interface FactRow { id: string; body: string }
interface EntryRow { id: string; body: string; leaf: Buffer }

/** What this room knows of a case: entries of the log with everything they name, and its own rows. Reads its own schema only. */
@Injectable()
export class AuditPart {
  constructor(private readonly dataSource: DataSource, private readonly room: RoomName, private readonly rows: AuditRows) {}

  async of(asked: AuditedCase): Promise<RoomPart> {
    const entries = await this.entries(asked);
    const named = entries.map(({ body }) => JSON.parse(body) as CommandEntry);
    const certificates = await this.dataSource.query<RoomPart['certificates']>('select id, sha256, body from certificate where id = any($1::uuid[]) order by id', [named.flatMap((entry) => entry.certificates.map(({ id }) => id))]);
    const rules = new Set(certificates.flatMap(({ body }) => (JSON.parse(body) as { rule: { sha256: string } | null }).rule?.sha256 ?? []));
    return {
      room: this.room.name, certificates,
      entries: entries.map(({ id, body, leaf }) => ({ id, body, leaf: leaf.toString('hex') })),
      ruleTexts: await this.dataSource.query('select sha256, body from rule_text where sha256 = any($1::text[]) order by sha256', [[...rules]]),
      facts: await this.dataSource.query('select id, body from outbox where id = any($1::uuid[]) order by seq', [named.flatMap((entry) => entry.facts.map(({ id }) => id))]),
      rows: await this.rows.of(asked),
    };
  }

  private async entries(asked: AuditedCase): Promise<EntryRow[]> {
    const patterns = patternsOf(asked);
    const facts = await this.dataSource.query<FactRow[]>('select id, body from outbox where body like any($1::text[])', [patterns.facts]);
    const own = facts.map(({ id, body }) => ({ id, stated: JSON.parse(body) as Stated })).filter(({ stated }) => concerns(asked, stated));
    const ids = new Set(own.map(({ id }) => id));
    const matters = [...asked.matters, ...noticesOf(asked, own.map(({ stated }) => stated))];
    const candidates = await this.dataSource.query<EntryRow[]>(
      `select id, body, leaf from command_entry where body like any($1::text[])
       union select e.id, e.body, e.leaf from command_entry e, jsonb_array_elements(e.body::jsonb -> 'facts') f where f ->> 'id' = any($2::text[])
       union select e.id, e.body, e.leaf from command_entry e, jsonb_array_elements(e.body::jsonb -> 'notes') n where n ->> 'subject' = any($3::text[])
       order by id`, [patterns.entries, [...ids], [...(asked.kind === 'campaign' ? asked.institutions : []), ...matters]]);
    return candidates.filter(({ body }) => belongs({ ...asked, matters }, JSON.parse(body) as CommandEntry, ids));
  }
}

@Controller()
export class AuditPartController {
  constructor(private readonly part: AuditPart) {}

  @Serve(audit.getAuditPart)
  of(@Call() { query: { workflowId, runs, basisYear, institutions, matters } }: CallOf<typeof audit.getAuditPart>): Promise<RoomPart> {
    const listed = (text: string | undefined): string[] => text?.split(',') ?? [];
    return this.part.of({ ...caseOf(workflowId), runs: listed(runs), basisYear: basisYear ?? null, institutions: listed(institutions), matters: listed(matters) });
  }
}
