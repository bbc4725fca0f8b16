import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { temporalAddress, temporalNamespace } from '@zhijian/service-kit';
import { storedHistories, withoutTraces, wordsOf, type HistoryEvent, type StoredHistory } from './histories.js';

type Fetch = (workflowId: string) => Promise<StoredHistory>;

/**
 * Fetches the histories of a finished campaign, its parent and its units, and keeps one for each situation.
 * @param out folder of the histories; a history of the same situation and month is replaced
 * @returns the paths written, relative to `out`
 */
export const exportHistories = (campaignId: string, out: string): Promise<string[]> => connected(async (fetched) => {
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
});

/**
 * Fetches the histories of a year of colours: its colouring, what it entailed, and each notice by why it was posted. Those
 * that still run are kept as they stand: what they have done replays all the same.
 */
export const exportColourYear = (jurisdiction: string, year: number, out: string): Promise<string[]> => connected(async (fetched, client) => {
  const place = `${jurisdiction}-${year}`;
  const written = [kept(out, 'colouring', place, await fetched(workflowIds.colour(jurisdiction, year))), kept(out, 'consequences', place, await fetched(workflowIds.consequences(jurisdiction, year)))];
  const seen = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'WorkflowType = "notice"' })) {
    const history = await fetched(workflowId);
    const situation = noticeSituation(history);
    if (!seen.has(situation)) written.push(kept(out, 'notice', situation, history));
    seen.add(situation);
  }
  return written;
});

async function connected(work: (fetched: Fetch, client: Client) => Promise<string[]>): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress(), connectTimeout: '5s' });
  try {
    const client = new Client({ connection, namespace: temporalNamespace() });
    return await work(async (workflowId) => withoutTraces(JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())) as StoredHistory), client);
  } finally {
    await connection.close();
  }
}

/** What a notice has been through: told of something while it ran or afterwards, or left alone. */
const noticeSituation = ({ events }: StoredHistory): string => {
  const told = events.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED').length;
  return told > 1 ? 'with-objections' : 'uncontested';
};

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
  const { values } = parseArgs({ options: { campaign: { type: 'string' }, colours: { type: 'string' }, out: { type: 'string' } } });
  const [place, year] = values.colours?.split('/') ?? [];
  if ((!values.campaign && !(place && year)) || !values.out) {
    console.error('usage: export-histories (--campaign ID | --colours PLACE/YEAR) --out FOLDER');
    process.exit(2);
  }
  const written = values.campaign ? await exportHistories(values.campaign, values.out) : await exportColourYear(place!, Number(year), values.out);
  for (const path of written) console.log(path);
  console.log(`${storedHistories(values.out).length} histories in ${values.out}`);
}
