import { bundlePaths } from '../bundle/format.js';
import { attributesOf, bundleOf, eventHashes, kindOf, payloadsOf, type HistoryEvent } from '../bundle/history.js';
import { sha256 } from '../canonical.js';
import { finder, type Check, type Contents, type Found } from './contents.js';
import { entryName } from './log.check.js';

const found = finder('history');
const where = (event: string | number): string => `${bundlePaths.history}#${event}`;
export const named = (event: HistoryEvent): string => `第 ${event.eventId} 号事件（${eventWords[kindOf(event)] ?? kindOf(event)}）`;

/** What kinds of events are called. */
export const eventWords: Readonly<Record<string, string>> = {
  WORKFLOW_EXECUTION_STARTED: '流程开始', WORKFLOW_EXECUTION_COMPLETED: '流程结束', WORKFLOW_EXECUTION_FAILED: '流程失败', WORKFLOW_EXECUTION_TERMINATED: '流程终止', WORKFLOW_EXECUTION_CANCELED: '流程取消', WORKFLOW_EXECUTION_TIMED_OUT: '流程超时', WORKFLOW_EXECUTION_SIGNALED: '收到通知',
  WORKFLOW_TASK_SCHEDULED: '推进排队', WORKFLOW_TASK_STARTED: '推进开始', WORKFLOW_TASK_COMPLETED: '推进完成', WORKFLOW_TASK_TIMED_OUT: '推进超时', WORKFLOW_TASK_FAILED: '推进失败',
  ACTIVITY_TASK_SCHEDULED: '下达步骤', ACTIVITY_TASK_STARTED: '步骤开始', ACTIVITY_TASK_COMPLETED: '步骤完成', ACTIVITY_TASK_FAILED: '步骤失败', ACTIVITY_TASK_TIMED_OUT: '步骤超时',
  TIMER_STARTED: '开始计时', TIMER_FIRED: '到时', TIMER_CANCELED: '取消计时',
  START_CHILD_WORKFLOW_EXECUTION_INITIATED: '启动子流程', CHILD_WORKFLOW_EXECUTION_STARTED: '子流程开始', CHILD_WORKFLOW_EXECUTION_COMPLETED: '子流程结束',
};

/** The events are those archived, one by one, in their order and of the run they claim to be of. */
export const history: Check = (contents) => {
  const { history: read, archive, files } = contents;
  const bytes = files.get(bundlePaths.history);
  if (!read || !bytes || !archive) return [found(bundlePaths.history, '流程历史缺失或不能读取')];
  return [...eventByEvent(contents, bytes), ...ofItsRun(contents), ...inOrder(read.events), ...signals(contents), ...steps(contents), ...foreignSteps(contents)];
};

function eventByEvent({ history: read, archive, files }: Contents, bytes: Buffer): Found[] {
  const listed = files.get(bundlePaths.events)?.toString('utf8') ?? '';
  if (sha256(listed) !== archive!.eventsSha256) return [found(bundlePaths.events, '各事件的哈希清单与归档时记入日志的不符', false)];
  const archived = listed.trimEnd().split('\n');
  const actual = eventHashes(bytes).trimEnd().split('\n');
  const first = archived.findIndex((hash, at) => hash !== actual[at]);
  if (first < 0) return actual.length === archived.length ? [] : [found(where(archived.length + 1), `归档时有 ${archived.length} 个事件，现有 ${actual.length} 个，多出的从第 ${archived.length + 1} 号起`)];
  if (first >= actual.length) return [found(where(first + 1), `归档时有 ${archived.length} 个事件，现有 ${actual.length} 个，从第 ${first + 1} 号起缺失`)];
  const moved = archived.indexOf(actual[first]!);
  return [found(where(first + 1), moved >= 0 ? `第 ${first + 1} 号事件的位置上是归档时的第 ${moved + 1} 号事件，次序被改动` : `${named(read!.events[first]!)}的内容与归档时不同`)];
}

function ofItsRun({ history: read, archive, manifest }: Contents): Found[] {
  const started = attributesOf(read!.events[0]!) as { workflowId?: string; originalExecutionRunId?: string };
  const own = bundleOf(read!);
  return [
    ...(started.workflowId && started.workflowId !== manifest.workflowId ? [found(where(1), `历史属于流程 ${started.workflowId}，不是 ${manifest.workflowId}`)] : []),
    ...(started.originalExecutionRunId && started.originalExecutionRunId !== manifest.runId ? [found(where(1), `历史属于运行 ${started.originalExecutionRunId}，不是 ${manifest.runId}`)] : []),
    ...(own && own !== (archive!.ranBy ?? archive!.bundleSha256) ? [found(where(read!.events.length), '历史写明的流程程序不是归档的那一个')] : []),
    ...(archive!.status === 'COMPLETED' && kindOf(read!.events.at(-1)!) !== 'WORKFLOW_EXECUTION_COMPLETED' ? [found(where(read!.events.length), '归档时流程已结束，历史却没有结束事件')] : []),
  ];
}

function inOrder(events: readonly HistoryEvent[]): Found[] {
  const wrong = events.findIndex(({ eventId }, at) => Number(eventId) !== at + 1);
  return wrong < 0 ? [] : [found(where(wrong + 1), `第 ${wrong + 1} 个事件的编号是 ${events[wrong]!.eventId}，事件有缺失或次序被改动`)];
}

/** A signal that names a fact: the fact is there, and speaks of this unit. */
function signals({ history: read, facts }: Contents): Found[] {
  return read!.events.filter((event) => kindOf(event) === 'WORKFLOW_EXECUTION_SIGNALED').flatMap((event) => {
    const { factId } = (payloadsOf(event)[0] ?? {}) as { factId?: string };
    return factId === undefined || facts.has(factId) ? [] : [found(where(event.eventId), `${named(event)}所依据的事实 ${factId} 不存在`)];
  });
}

/** Each step that says it did something left an entry in the log under its own number. */
function steps({ history: read, entries, archive }: Contents): Found[] {
  const logged = new Set(entries.filter(({ entry }) => entry.workflow?.id === archive!.workflowId && entry.workflow.run === archive!.runId).map(({ entry }) => entry.workflow!.activity));
  const scheduled = new Map(read!.events.filter((event) => kindOf(event) === 'ACTIVITY_TASK_SCHEDULED').map((event) => [event.eventId, attributesOf(event) as { activityId: string }]));
  return read!.events.filter((event) => kindOf(event) === 'ACTIVITY_TASK_COMPLETED').flatMap((event) => {
    const step = scheduled.get(String(attributesOf(event)['scheduledEventId']));
    const { did } = (payloadsOf(event)[0] ?? {}) as { did?: unknown[] };
    return did?.length && step && !logged.has(step.activityId) ? [found(where(event.eventId), `${named(event)}所做的工作在日志中没有条目`)] : [];
  });
}

/** Each entry that says a step of this run made it: the history of the ended run has that step. */
function foreignSteps({ history: read, entries, archive }: Contents): Found[] {
  if (archive!.closedAt === null) return []; // its rooms were asked after it was archived
  const ordered = new Set(read!.events.filter((event) => kindOf(event) === 'ACTIVITY_TASK_SCHEDULED').map((event) => (attributesOf(event) as { activityId: string }).activityId));
  return entries.filter(({ entry: { workflow } }) => workflow?.id === archive!.workflowId && workflow.run === archive!.runId && !ordered.has(workflow.activity))
    .map(({ at, entry }) => found(at, `${entryName(entry)}写明由步骤 ${entry.workflow!.activity} 办理，历史中没有这一步`));
}
