import { Injectable } from '@nestjs/common';
import type { AnswerOf, qualification } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';

type Roster = AnswerOf<typeof qualification.getRoster>;

@Injectable()
export class RosterQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The roster as it stands now; `reason` tells what was added or changed after the freeze. */
  async of(campaignId: string, unit: string): Promise<Roster | undefined> {
    const [roster] = await this.dataSource.query<Roster[]>('select id as "rosterId", frozen_at as "frozenAt", digest from roster where campaign_id = $1 and unit = $2', [campaignId, unit]);
    if (!roster) return undefined;
    const members = await this.dataSource.query<Roster['members']>(
      `select m.institution_id as "institutionId", i.name, m.state, m.added_at as "addedAt", m.reason, m.clauses
         from roster_member m join institution i on i.id = m.institution_id where m.roster_id = $1 order by m.institution_id`, [roster.rosterId]);
    return { ...roster, members };
  }
}
