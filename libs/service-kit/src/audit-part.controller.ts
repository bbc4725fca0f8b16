import { Controller, Injectable } from '@nestjs/common';
import type { CommandEntry } from '@zhijian/audit';
import type { RoomPart } from '@zhijian/audit/bundle';
import { audit } from '@zhijian/contracts/http';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { RoomName } from './parked.controller.js';

/** Which case is asked for: one unit's part of a campaign (`*`: the campaign as a whole), and bodies whose entries belong to it. */
export interface AuditedCase { campaignId: string; unit: string; institutions: readonly string[] }
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
    const facts = await this.dataSource.query<FactRow[]>(`select id, body from outbox where body like '%' || $1 || '%'`, [asked.campaignId]);
    const stated = new Set(facts.filter(({ body }) => concerns(asked, JSON.parse(body) as { data: Stated }) ).map(({ id }) => id));
    const candidates = await this.dataSource.query<EntryRow[]>(
      `select id, body, leaf from command_entry where body like '%' || $1 || '%'
       union select e.id, e.body, e.leaf from command_entry e, jsonb_array_elements(e.body::jsonb -> 'facts') f where f ->> 'id' = any($2::text[])
       union select e.id, e.body, e.leaf from command_entry e, jsonb_array_elements(e.body::jsonb -> 'notes') n where n ->> 'subject' = any($3::text[])
       order by id`, [asked.campaignId, [...stated], asked.institutions]);
    return candidates.filter(({ body }) => belongs(asked, JSON.parse(body) as CommandEntry, stated));
  }
}

@Controller()
export class AuditPartController {
  constructor(private readonly part: AuditPart) {}

  @Serve(audit.getAuditPart)
  of(@Call() { query: { campaignId, unit, institutions } }: CallOf<typeof audit.getAuditPart>): Promise<RoomPart> {
    return this.part.of({ campaignId, unit, institutions: institutions?.split(',') ?? [] });
  }
}

interface Stated { campaignId?: string; unit?: string; units?: string[] }

function concerns({ campaignId, unit }: AuditedCase, { data }: { data: Stated }): boolean {
  if (data.campaignId !== campaignId) return false;
  return data.unit === undefined ? data.units === undefined || unit === wholeCampaign || data.units.includes(unit) : data.unit === unit;
}

/** Commands of this unit, of its campaign as a whole, and about its bodies. */
function belongs({ campaignId, unit, institutions }: AuditedCase, entry: CommandEntry, stated: ReadonlySet<string>): boolean {
  const workflows = [workflowIds.campaign(campaignId), workflowIds.unit(campaignId, unit)];
  const subjects = [campaignId, `${campaignId}/${unit}`, ...workflows, ...institutions];
  return workflows.includes(entry.workflow?.id ?? '') || entry.facts.some(({ id }) => stated.has(id))
    || entry.notes.some((note) => subjects.includes(note.subject) || (note.jurisdiction === unit && JSON.stringify(note).includes(campaignId)));
}
