import { describe, expect, it } from '@jest/globals';
import type { CommandEntry, Note } from '../command-entry.js';
import { belongs, caseOf, concerns, homeOf, learntFrom, noticesOf, patternsOf, type AuditedCase } from './case.js';

const asked = (workflowId: string, more: Partial<AuditedCase> = {}): AuditedCase => ({ ...caseOf(workflowId), runs: [], basisYear: null, institutions: [], matters: [], ...more });
const entry = (more: Partial<CommandEntry>): CommandEntry => ({ v: 1, id: 'e', room: 'publication', at: '', actor: '', jurisdiction: '', cause: '', workflow: null, notes: [], facts: [], certificates: [], ...more });
const note = (subject: string, more: Partial<Note> = {}): Note => ({ action: 'x', subject, jurisdiction: '', policy: null, detail: {}, ...more });

describe('the case that a workflow’s id names', () => {
  it.each([
    ['campaign/c1', { kind: 'campaign', campaignId: 'c1', unit: '*' }], ['campaign/c1/330106', { kind: 'campaign', campaignId: 'c1', unit: '330106' }], ['campaign/c1/*', { kind: 'campaign', unit: '*' }],
    ['colour/500000/2026', { kind: 'colour', jurisdiction: '500000', year: 2026 }], ['consequences/500000/2026', { kind: 'consequences', year: 2026 }], ['notice/n1', { kind: 'notice', noticeId: 'n1' }],
    ['colour/500000', { kind: 'other' }], ['rectification/r1', { kind: 'other', campaignId: null }],
  ])('%s', (id, is) => expect(caseOf(id)).toMatchObject(is));

  it('is asked first of the room that knows whom it is about', () =>
    expect(['campaign/c1', 'colour/500000/2026', 'consequences/500000/2026', 'notice/n1'].map((id) => homeOf(caseOf(id)))).toEqual(['inspection', 'quality-control', 'quality-control', 'publication']));
});

describe('a fact belongs to', () => {
  it('a notice that it names, and to the signature its entries rest on', () => {
    const of = asked('notice/n1', { runs: ['r1'] });
    expect([{ noticeId: 'n1' }, { noticeId: 'n2', runId: 'r1' }, { runId: 'r1' }].map((data) => concerns(of, { type: 'quality-control.colour-run-signed', data }))).toEqual([true, false, true]);
    expect(concerns(of, { type: 'inspection.rectification-ordered', data: { runId: 'r1' } })).toBe(false);
  });

  it('a year’s colours by place and year, by run, by body, and what the colours rest on by the year before', () => {
    const of = asked('colour/500000/2026', { runs: ['r1'], basisYear: 2025, institutions: ['b1'] });
    const said: [string, Parameters<typeof concerns>[1]['data'], boolean][] = [
      ['publication.colour-published', { jurisdiction: '500000', year: 2026 }, true], ['publication.colour-published', { jurisdiction: '510000', year: 2026, institutionId: 'b1' }, false], ['publication.colour-published', { jurisdiction: '500000', year: 2025 }, false],
      ['quality-control.colour-revised', { runId: 'r1' }, true], ['qualification.review-opened', { institutionId: 'b1', year: 2026 }, true], ['qualification.review-opened', { institutionId: 'b2', year: 2026 }, false],
      ['quality-control.comparison-decided', { institutionId: 'b1', year: 2025 }, true], ['quality-control.comparison-decided', { institutionId: 'b1', year: 2026 }, false], ['quality-control.evaluation-signed', { institutionId: 'b2', year: 2025 }, false],
    ];
    expect(said.map(([type, data]) => concerns(of, { type, data }))).toEqual(said.map(([, , is]) => is));
    expect(concerns(asked('consequences/500000/2026', { runs: ['r1'], basisYear: 2025, institutions: ['b1'] }), { type: 'quality-control.evaluation-signed', data: { institutionId: 'b1', year: 2025 } })).toBe(false);
  });

  it('a campaign’s unit when it names it, or the campaign as a whole', () => {
    const of = asked('campaign/c1/330106');
    expect([{ campaignId: 'c1', unit: '330106' }, { campaignId: 'c1', unit: '330102' }, { campaignId: 'c1' }, { campaignId: 'c1', units: ['330102'] }, { campaignId: 'c2', unit: '330106' }].map((data) => concerns(of, { type: 'inspection.stage-opened', data }))).toEqual([true, false, true, false, false]);
  });
});

describe('an entry belongs to a case', () => {
  const of = asked('consequences/500000/2026', { runs: ['r1'], institutions: ['b1'] });
  it.each<[string, Partial<CommandEntry>, boolean]>([
    ['by its step', { workflow: { id: 'consequences/500000/2026', run: 'x', activity: '1' } }, true], ['by a fact it stated', { facts: [{ id: 'f1', type: 't', sha256: '' }] }, true],
    ['by its subject', { notes: [note('500000/2026')] }, true], ['by what its subject begins with', { notes: [note('r1/b1')] }, true], ['by what its note names', { notes: [note('x', { detail: { run: 'r1' } })] }, true],
    ['not by a body alone', { notes: [note('b1')] }, false], ['not by another year', { notes: [note('500000/2025')] }, false],
  ])('%s', (_how, more, is) => expect(belongs(of, entry(more), new Set(['f1']))).toBe(is));

  it('by a matter of its own, in a room that knows it by that id alone', () => {
    const unit = asked('campaign/c1/330106', { matters: ['k1'] });
    expect(['k1', 'k2'].map((subject) => belongs(unit, entry({ notes: [note(subject)] }), new Set()))).toEqual([true, false]);
    expect(learntFrom({ room: 'inspection', entries: [], certificates: [], ruleTexts: [], rows: { member: [] }, facts: [{ id: 'f', body: JSON.stringify({ data: { caseId: 'k1' } }) }] }).matters).toEqual(['k1']);
  });

  it('of a year also by the notices that were put up for it', () => {
    const stated = [['publication.notice-posted', 'n1'], ['publication.colour-published', 'n2']].map(([type, noticeId]) => ({ type: type!, data: { noticeId: noticeId! } }));
    expect([asked('colour/500000/2026'), asked('campaign/c1/330106')].map((one) => noticesOf(one, stated))).toEqual([['n1'], []]);
  });

  it('of a campaign also by its bodies, and by a note of its place that names it', () => {
    const unit = asked('campaign/c1/330106', { institutions: ['b1'] });
    expect([note('b1'), note('x', { jurisdiction: '330106', detail: { campaign: 'c1' } }), note('x', { jurisdiction: '330102', detail: { campaign: 'c1' } })].map((one) => belongs(unit, entry({ notes: [one] }), new Set()))).toEqual([true, true, false]);
  });
});

it('what the first room says leads to runs, the basis year and bodies; patterns hold signs of the pattern language as they are', () => {
  const bodies = [{ data: { runId: 'r1', basisYear: 2025, entries: [{ institutionId: 'b2' }, { institutionId: 'b1' }] } }, { data: { runId: 'r1', institutionId: 'b3' } }];
  expect(learntFrom({ room: 'quality-control', entries: [], certificates: [], ruleTexts: [], rows: {}, facts: bodies.map((one, at) => ({ id: String(at), body: JSON.stringify(one) })) })).toEqual({ runs: ['r1'], basisYear: 2025, institutions: ['b1', 'b2', 'b3'], matters: [] });
  expect(patternsOf(asked('notice/a_%')).facts).toEqual(['%a\\_\\%%']);
});
