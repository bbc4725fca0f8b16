import { Controller, Headers } from '@nestjs/common';
import { bundlePaths, contentsOf, packWordsIn, storyOf, verifyBundle, type Manifest, type ManifestSignature } from '@zhijian/audit/bundle';
import { audit as http } from '@zhijian/contracts/http';
import { caseFileName } from '@zhijian/contracts/words';
import { Call, Serve, type CallOf, type FileAnswer } from '@zhijian/service-kit';
import { ArchiveQueries } from '../archive/archive.queries.js';
import { ExportService } from './export.service.js';
import { isolatedReplaying } from './isolated.js';

const replaying = isolatedReplaying();

/** What an auditor asks of the archive. */
@Controller()
export class AuditController {
  constructor(private readonly archives: ArchiveQueries, private readonly exports: ExportService) {}

  @Serve(http.listArchivedCases) list(@Call() { query }: CallOf<typeof http.listArchivedCases>) {
    return this.archives.list(query);
  }

  @Serve(http.exportCase) async export(@Call() { params: { workflowId }, query: { runId } }: CallOf<typeof http.exportCase>, @Headers('authorization') authorization: string): Promise<FileAnswer> {
    return { file: await this.exports.file({ workflowId, runId }, authorization), fileName: caseFileName(workflowId, runId), type: 'application/zip' };
  }

  @Serve(http.verifyCase) async verify(@Call() { params: { workflowId }, query: { runId } }: CallOf<typeof http.verifyCase>, @Headers('authorization') authorization: string) {
    const { files, record } = await this.exports.gathered({ workflowId, runId }, authorization);
    const began = performance.now();
    const { contents, ...verdict } = await verifyBundle(files, replaying);
    return { ...verdict, events: record.events, milliseconds: Math.round(performance.now() - began), bundleSha256: record.bundleSha256, madeAt: contents!.manifest.madeAt };
  }

  @Serve(http.getStory) async story(@Call() { params: { workflowId }, query: { runId } }: CallOf<typeof http.getStory>, @Headers('authorization') authorization: string) {
    const { files, record } = await this.exports.gathered({ workflowId, runId }, authorization);
    const contents = contentsOf(files, JSON.parse(files.get(bundlePaths.manifest)!.toString()) as Manifest, JSON.parse(files.get(bundlePaths.signature)!.toString()) as ManifestSignature, (bytes) => replaying.decode(bytes));
    return { workflowId, runId: record.runId, status: record.status, lines: storyOf(contents, await packWordsIn(contents)) };
  }

  @Serve(http.sampleCases) sample(@Call() { query }: CallOf<typeof http.sampleCases>) {
    return this.archives.sample(query);
  }
}
