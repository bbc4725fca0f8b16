import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@zhijian/audit/bundle';

export interface Run { workflowId: string; runId: string; type: string; status: string; startedAt: Date; closedAt: Date | null }
type Described = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['describe']>>;
type ProtoHistory = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

const runOf = ({ workflowId, runId, type, status, startTime, closeTime }: Pick<Described, 'workflowId' | 'runId' | 'type' | 'status' | 'startTime' | 'closeTime'>): Run =>
  ({ workflowId, runId, type, status: status.name, startedAt: startTime, closedAt: closeTime ?? null });

/** What Temporal still knows. */
export class TemporalRuns {
  constructor(private readonly client: () => Promise<Client>) {}

  /** Runs that closed since, by visibility; all that are kept when `since` is null. */
  async *closed(since: Date | null): AsyncGenerator<Run> {
    const { workflow } = await this.client();
    for await (const found of workflow.list({ query: `ExecutionStatus != 'Running'${since ? ` and CloseTime >= '${since.toISOString()}'` : ''}` })) yield runOf(found);
  }

  /** This run of a workflow, or its latest; null when Temporal knows it no more. */
  async find(workflowId: string, runId?: string): Promise<Run | null> {
    try {
      return runOf(await (await this.client()).workflow.getHandle(workflowId, runId).describe());
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  async history({ workflowId, runId }: Pick<Run, 'workflowId' | 'runId'>): Promise<{ history: History; proto: ProtoHistory }> {
    const proto = await (await this.client()).workflow.getHandle(workflowId, runId).fetchHistory();
    return { history: JSON.parse(historyToJSON(proto)) as History, proto };
  }
}
