import type { Tx } from '@zhijian/persistence';
import type { PlannedStage } from '@zhijian/policy';

const most = 4000;

/**
 * A unit's stages as this process has read them before, by the key of their content. Each report of a body asks for them,
 * and they change a few times a year; other content has another key, so what is known is never out of date.
 */
export class KnownStages {
  private readonly known = new Map<string, readonly PlannedStage[]>();

  async of(tx: Tx, campaignId: string, unit: string, key: string): Promise<readonly PlannedStage[]> {
    const before = this.known.get(key);
    if (before) return before;
    const [row] = await tx.query<{ stages: PlannedStage[]; key: string }>('select stages, stages_key as key from campaign_unit where campaign_id = $1 and unit = $2', [campaignId, unit]);
    if (!row) throw new Error(`unit ${unit} of campaign ${campaignId} is gone`);
    if (this.known.size >= most) this.known.clear();
    this.known.set(row.key, row.stages);
    return row.stages;
  }
}
