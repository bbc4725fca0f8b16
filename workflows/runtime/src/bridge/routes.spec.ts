import { describe, expect, it } from '@jest/globals';
import { envelop } from '@zhijian/contracts';
import { colourRunOpened, noticeFinished, rectificationLimited, rectificationOrdered, rectificationReturned } from '@zhijian/contracts/facts';
import { routes } from './routes.js';

const by = { actor: 'workflow:test', cause: 'test', jurisdiction: '990000', time: '2030-03-04T09:00:00+08:00', id: 'f1' };
const policy = { pack: 'testland/colour', version: 1, clauses: [] };
const ofYear = { jurisdiction: '990000', year: 2030 };
const id = 'consequences/990000/2030';
const toConsequences = (type: string, fact: Parameters<(typeof routes)[string]>[0]) => routes[type]!(fact).filter(({ workflowId }) => workflowId === id);

describe('what a year’s colours entail', () => {
  it('begins with the year’s run, and anew when something comes after its end', () => {
    const opened = envelop(colourRunOpened, '990000', { runId: 'r', ...ofYear, basisYear: 2029, policy, calendar: 'c' }, by);
    expect(toConsequences(opened.type, opened as never)).toEqual([{ do: 'start', workflow: 'consequences', workflowId: id, input: ofYear, again: true }]);
  });

  it('is begun, then told of each notice with how many colours it published', () => {
    const finished = envelop(noticeFinished, '990000', { noticeId: 'n', runId: 'r', ...ofYear, published: 7, waiting: 1, policy }, by);
    expect(toConsequences(finished.type, finished as never)).toMatchObject([{ do: 'start', again: true }, { do: 'signal', signal: 'published', input: { factId: 'f1', noticeId: 'n', published: 7 } }]);
  });

  it('is not told of each body’s duty, only of days that a holiday notice moved', () => {
    const ordered = (because: 'published' | 'calendar') => envelop(rectificationOrdered, 'i', {
      institutionId: 'i', ...ofYear, rectificationId: 'x', runId: 'r', colour: 'red', publishedOn: '2030-03-04', dueOn: '2030-04-15', dueAt: '2030-04-16T00:00:00+08:00', firm: true, policy, calendar: 'c', because }, by);
    expect(toConsequences(rectificationOrdered.type, ordered('published') as never)).toEqual([]);
    expect(toConsequences(rectificationOrdered.type, ordered('calendar') as never)).toMatchObject([{ do: 'signal', signal: 'days-moved' }]);
  });

  it('asks for the next day when a report is returned: it falls due again, after the end of all others too', () => {
    const returned = envelop(rectificationReturned, 'i', { institutionId: 'i', ...ofYear, rectificationId: 'x', version: 1, reasons: ['缺少整改照片'], policy }, by);
    expect(toConsequences(returned.type, returned as never)).toMatchObject([{ do: 'start', again: true }, { do: 'signal', signal: 'days-moved' }]);
  });

  it('[CQ-2024-20] asks for the next day when an agency writes a limit, after the end of all others too', () => {
    const limited = envelop(rectificationLimited, 'i', { institutionId: 'i', ...ofYear, rectificationId: 'x', limitOn: '2031-01-15', dueAt: '2031-01-16T00:00:00+08:00', before: null, basis: 'own-order', reading: null, policy }, by);
    expect(toConsequences(limited.type, limited as never)).toMatchObject([{ do: 'start', again: true }, { do: 'signal', signal: 'days-moved' }]);
  });
});
