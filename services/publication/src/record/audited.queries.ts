import { Injectable } from '@nestjs/common';
import type { AuditedCase } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

/** What was ever public of these bodies, revision by revision, with the fact each rests on. */
@Injectable()
export class AuditedQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of({ institutions }: AuditedCase): Promise<Record<string, Record<string, unknown>[]>> {
    return { published: await this.dataSource.query(
      `select institution_id as "institutionId", revision, content, fact_id as "factId", published_at as "publishedAt" from record_revision where institution_id = any($1::text[]) order by institution_id, revision`, [institutions]) };
  }
}
