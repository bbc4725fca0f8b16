import { Injectable } from '@nestjs/common';
import { sha256 } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, type Refused } from '@zhijian/contracts';
import { assessmentCirculated } from '@zhijian/contracts/facts';
import type { BodyOf, qualityControl } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import type { Circular } from './monitoring.queries.js';
import { acceptCircular } from './monitoring.rules.js';

@Injectable()
export class MonitoringService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  /** Keeps one circular, sent to the places named, and states to each institution's followers which problems it named (HZ-2023-06: merged into the self-check). */
  circulate(input: BodyOf<typeof qualityControl.circulateAssessment>, sentTo: readonly string[], by: Caller): Promise<Circular | Refused> {
    return this.uow.run(by, async (tx): Promise<Circular | Refused> => {
      const fit = acceptCircular(input, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      const circularId = newId();
      const institutions = input.institutions.map(({ institutionId, problems }) => ({ institutionId, problems: problems.map((text) => ({ problemId: newId(), text })) }));
      await tx.execute('insert into assessment_circular (id, year, title, circulated_at, circulated_by, jurisdiction, sent_to) values ($1, $2, $3, $4, $5, $6, $7)',
        [circularId, input.year, input.title, tx.now, by.actor, by.jurisdiction, sentTo]);
      await tx.execute(`insert into assessment (circular_id, institution_id, problems)
        select $1, a."institutionId", a.problems from jsonb_to_recordset($2::jsonb) as a("institutionId" text, problems jsonb)`, [circularId, JSON.stringify(institutions)]);
      for (const { institutionId, problems } of institutions) tx.fact(assessmentCirculated, institutionId, { circularId, institutionId, year: input.year, problems });
      const { pack, ...ground } = await this.packs.groundsOf('circular', { on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, {
        kind: 'circular', ...ground, subject: circularId, about: institutions.map(({ institutionId }) => institutionId), inputs: { year: input.year, title: input.title },
        outcome: institutions.map(({ institutionId, problems }) => ({ institutionId, problems: problems.map(({ problemId, text }) => ({ problemId, textSha256: sha256(text) })) })),
      }));
      tx.note('assessment circulated', circularId, null, { year: input.year, institutions: institutions.length });
      return { circularId, year: input.year, title: input.title, circulatedAt: tx.now, institutions };
    });
  }
}
