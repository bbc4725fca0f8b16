import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256, type LogKey, type SignedHead } from '@zhijian/audit';
import { bundleFormat, bundlePaths, caseOf, eventHashes, gatheringNow, otherRunsIn, unaskedRuns, zipped, type ArchiveRecord, type Manifest, type RoomPart } from '@zhijian/audit/bundle';
import { AuditPart, Clock, Missing, notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { ArchiveService } from '../archive/archive.service.js';
import { contentOf } from '../archive/kept-files.js';
import { RoomsBehind } from './rooms.js';
import { proofsOf } from './proofs.js';
import { signedBy } from './signing.js';

/** The key of the log, read when it is first needed. */
export class KeyOfLog {
  constructor(readonly read: () => LogKey) {}
}

/** A case, and which run of it: the latest when none is named. */
export interface AskedRun { workflowId: string; runId?: string | undefined }
export interface Exported { files: Map<string, Buffer>; record: ArchiveRecord }

/** Gathers everything an auditor needs of one case into one file, signed by this installation. */
@Injectable()
export class ExportService {
  constructor(private readonly archive: ArchiveService, private readonly dataSource: DataSource, private readonly own: AuditPart, private readonly rooms: RoomsBehind, private readonly key: KeyOfLog, private readonly clock: Clock) {}

  /** @throws Missing 404 for a workflow or a run nobody knows, 503 when a room is silent */
  async gathered({ workflowId, runId }: AskedRun, authorization: string): Promise<Exported> {
    const run = await this.archive.asOfNow(workflowId, runId);
    if (!run) throw runId !== undefined && (await this.archive.knows(workflowId)) ? new Missing('run-unknown', '这件流程没有所指定的这次运行', 404) : notFound('这件流程');
    const { record, history } = run;
    const parts = await this.parts(record, authorization);
    const files = new Map<string, Buffer>([
      [bundlePaths.archive, text(canonicalJson(record))], [bundlePaths.history, history], [bundlePaths.events, text(eventHashes(history))],
      [bundlePaths.bundle, await this.kept(record.bundleSha256)],
    ]);
    for (const { kind, sha256: hash } of record.files) files.set(bundlePaths.kept(kind, hash), await this.kept(hash));
    for (const part of parts) files.set(bundlePaths.room(part.room), text(canonicalJson(part)));
    const proofs = await proofsOf(this.dataSource, parts.flatMap(({ entries }) => entries.map(({ id }) => id)));
    files.set(bundlePaths.proofs, text(canonicalJson(proofs)));
    this.sign(files, record, proofs.head);
    return { files, record };
  }

  async file(asked: AskedRun, authorization: string): Promise<Buffer> {
    return zipped((await this.gathered(asked, authorization)).files);
  }

  /** What every room knows of the case, whichever run of it did it; the own part last, after the archive tells of all runs that the others name. */
  private async parts(record: ArchiveRecord, authorization: string): Promise<RoomPart[]> {
    const named = caseOf(record.workflowId);
    const { parts, learnt } = await this.rooms.parts(named, authorization);
    const unasked = await this.archive.tellsOf(record.workflowId, otherRunsIn(parts, record));
    const own = await this.own.of({ ...named, ...learnt, institutions: [], matters: [] });
    return [...parts, unasked.length ? { ...own, rows: { ...own.rows, [unaskedRuns]: unasked.map((runId) => ({ runId })) } } : own];
  }

  private sign(files: Map<string, Buffer>, { workflowId, runId }: ArchiveRecord, treeHead: SignedHead): void {
    const key = this.key.read();
    const manifest: Manifest = {
      format: bundleFormat, installation: key.installation, madeAt: this.clock.now(), workflowId, runId, gathering: gatheringNow, treeHead,
      files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => ({ path, sha256: sha256(content), bytes: content.length })),
    };
    const written = canonicalJson(manifest);
    files.set(bundlePaths.manifest, text(written));
    files.set(bundlePaths.signature, text(canonicalJson(signedBy(key, written))));
  }

  private async kept(hash: string): Promise<Buffer> {
    const content = await contentOf(this.dataSource, hash);
    if (!content) throw new Error(`nothing is archived under ${hash}`);
    return content;
  }
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8');
