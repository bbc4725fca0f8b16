import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { temporalAddress, temporalNamespace } from '@zhijian/service-kit';
import { storedHistories, withoutTraces, wordsOf, type HistoryEvent, type StoredHistory } from './histories.js';

/**
 * Fetches the histories of a finished campaign, its parent and its units, and keeps one for each situation.
 * @param out folder of the histories; a history of the same situation and month is replaced
 * @returns the paths written, relative to `out`
 */
export async function exportHistories(campaignId: string, out: string): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress(), connectTimeout: '5s' });
  try {
    const client = new Client({ connection, namespace: temporalNamespace() });
    const fetched = async (workflowId: string): Promise<StoredHistory> => withoutTraces(JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())) as StoredHistory);
    const parent = await fetched(workflowIds.campaign(campaignId));
    const written = [kept(out, 'campaign', 'finished', parent)];
    const seen = new Set<string>();
    for (const unit of unitsOf(parent, campaignId)) {
      const history = await fetched(workflowIds.unit(campaignId, unit));
      const situation = situationOf(unit, history);
      if (situation && !seen.has(situation)) written.push(kept(out, 'unit-campaign', situation, history));
      if (situation) seen.add(situation);
    }
    return written;
  } finally {
    await connection.close();
  }
}

function kept(out: string, workflow: string, situation: string, history: StoredHistory): string {
  const path = `${workflow}/${situation}.${history.events[0]!.eventTime.slice(0, 7)}.json`;
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), `${JSON.stringify(history, null, 1)}\n`);
  return path;
}

const idOf = (event: HistoryEvent): string | undefined => (event['startChildWorkflowExecutionInitiatedEventAttributes'] as { workflowId?: string } | undefined)?.workflowId;

const unitsOf = (parent: StoredHistory, campaignId: string): string[] => parent.events.flatMap((event) => idOf(event) ?? []).map((id) => id.slice(workflowIds.unit(campaignId, '').length));

/** What a unit has been through, as the file name says it; undefined while it still runs. */
function situationOf(unit: string, { events }: StoredHistory): string | undefined {
  if (events.at(-1)?.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED') return undefined;
  if (unit === wholeCampaign) return 'whole-campaign';
  const amended = events.some(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED');
  const suspended = wordsOf(events).some((word) => word.includes('"kind":"suspended"'));
  return suspended ? 'amended-and-suspended' : amended ? 'amended' : 'finished';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { campaign: { type: 'string' }, out: { type: 'string' } } });
  if (!values.campaign || !values.out) {
    console.error('usage: export-histories --campaign ID --out FOLDER');
    process.exit(2);
  }
  for (const path of await exportHistories(values.campaign, values.out)) console.log(path);
  console.log(`${storedHistories(values.out).length} histories in ${values.out}`);
}
