import type { Fact, FactKind } from '@zhijian/contracts';
import { campaignAmended, campaignApproved, campaignPackMoved, checkYearBegun, colourRunOpened, colourRunSigned, noticeFinished, noticePosted, noticeWithdrawn, objectionAnswered, rectificationLimited, rectificationOrdered, rectificationReturned } from '@zhijian/contracts/facts';
import { signals, wholeCampaign, workflowIds, type ColoursMovedSignal, type NoticeMovedSignal } from '@zhijian/contracts/workflows';

/** What a fact moves. */
export type Move =
  /** `again`: where a run of that id has ended, it begins anew. */
  | { do: 'start'; workflow: string; workflowId: string; input: object; again?: true }
  | { do: 'signal'; signal: string; workflowId: string; input: object };

const start = (workflow: string, workflowId: string, input: object): Move => ({ do: 'start', workflow, workflowId, input });
const signal = (name: string, workflowId: string, input: object): Move => ({ do: 'signal', signal: name, workflowId, input });

function route<T>(kind: FactKind<T>, moves: (fact: Fact<T>) => Move[]): [string, (fact: Fact) => Move[]] {
  return [kind.type, moves as (fact: Fact) => Move[]];
}

const coloursMoved = ({ id, data: { jurisdiction, year } }: Fact<{ jurisdiction: string; year: number }>, what: ColoursMovedSignal['what']): Move =>
  signal(signals.coloursMoved, workflowIds.colour(jurisdiction, year), { factId: id, what });

const noticeMoved = ({ id, data: { noticeId } }: Fact<{ noticeId: string }>, what: NoticeMovedSignal['what']): Move =>
  signal(signals.noticeMoved, workflowIds.notice(noticeId), { factId: id, what });

/** What a year's colours entail runs from its opening on; what comes after its end begins it anew. */
const consequencesOf = ({ data: { jurisdiction, year } }: Fact<{ jurisdiction: string; year: number }>): Move =>
  ({ do: 'start', workflow: 'consequences', workflowId: workflowIds.consequences(jurisdiction, year), input: { jurisdiction, year }, again: true });
const toConsequences = ({ data: { jurisdiction, year } }: Fact<{ jurisdiction: string; year: number }>, name: string, input: object): Move => signal(name, workflowIds.consequences(jurisdiction, year), input);
/** A day came up that the year may have to wake for, after the end of all others too. */
const dueAgain = (fact: Fact<{ jurisdiction: string; year: number }>): Move[] => [consequencesOf(fact), toConsequences(fact, signals.daysMoved, { factId: fact.id })];

/** The full list of which fact moves which workflow; a route is computed from the fact alone. */
export const routes: Readonly<Record<string, (fact: Fact) => Move[]>> = Object.fromEntries([
  route(campaignApproved, ({ data: { campaignId, units, freezing = [] } }) => [start('campaign', workflowIds.campaign(campaignId), { campaignId, units, freezing })]),
  route(campaignAmended, (fact) => [...fact.data.units, wholeCampaign].map((unit) =>
    signal(signals.amended, workflowIds.unit(fact.data.campaignId, unit), { factId: fact.id, kind: fact.data.kind }))),
  route(campaignPackMoved, (fact) => [...fact.data.units, wholeCampaign].map((unit) =>
    signal(signals.amended, workflowIds.unit(fact.data.campaignId, unit), { factId: fact.id, kind: 'pack' }))),
  route(colourRunOpened, (fact) => [start('colouring', workflowIds.colour(fact.data.jurisdiction, fact.data.year), { runId: fact.data.runId, jurisdiction: fact.data.jurisdiction, year: fact.data.year }), consequencesOf(fact)]),
  route(checkYearBegun, (fact) => [consequencesOf(fact)]),
  route(colourRunSigned, (fact) => (fact.data.part === fact.data.parts ? [coloursMoved(fact, 'signed')] : [])),
  route(noticePosted, (fact) => [start('notice', workflowIds.notice(fact.data.noticeId), { noticeId: fact.data.noticeId }), coloursMoved(fact, 'posted')]),
  route(noticeWithdrawn, (fact) => [noticeMoved(fact, 'withdrawn')]),
  route(objectionAnswered, (fact) => [noticeMoved(fact, 'answered')]),
  route(noticeFinished, (fact) => [
    noticeMoved(fact, 'counted'), coloursMoved(fact, 'finished'), consequencesOf(fact), toConsequences(fact, signals.published, { factId: fact.id, noticeId: fact.data.noticeId, published: fact.data.published }),
  ]),
  // Duties ordered by a publication come with their notice; what a holiday notice moves comes by itself.
  route(rectificationOrdered, (fact) => (fact.data.because === 'calendar' ? [toConsequences(fact, signals.daysMoved, { factId: fact.id })] : [])),
  // A report that is returned falls due again, on the last day or at once after it; a limit that an agency writes is a day of its own.
  route(rectificationReturned, (fact) => dueAgain(fact)),
  route(rectificationLimited, (fact) => dueAgain(fact)),
]);
