import { describe, expect, it } from '@jest/globals';
import { asksQuality, bodyOf, draftFrom, emptyDraft, wrongIn, type Draft, type Report, type Subject } from './report.js';

const subject = {
  institutionId: 'i1', lastYearProblems: [{ problemId: 'p1', text: '比对不合格', year: 2022 }],
  checklist: [{ id: 'filing', title: '备案管理', clauses: [] }, { id: 'archives', title: '档案管理', clauses: [] }],
} as unknown as Subject;
const filled: Draft = {
  ...emptyDraft, lastYear: { p1: { corrected: true, on: '2023-03-20' } }, areas: { filing: 'clear', archives: 'found' },
  own: [{ area: 'archives', text: '档案缺少签名', class: null, measure: '', responsible: '', corrected: false, on: '2023-05-31' }], employers: '12', workers: '3400', sealedBy: '办公室',
};

const words = { employers: '检测家数', workers: '检测人数' };

describe('a self-check report', () => {
  it('[HZ-2023-06] last year\'s problems lead the items, each with its day', () => {
    const { items, noProblems } = bodyOf(filled, subject, false);
    expect(items.map(({ source, correctedOn, correctBy }) => [source, correctedOn, correctBy])).toEqual([['assessment-last-year', '2023-03-20', null], ['self', null, '2023-05-31']]);
    expect(noProblems).toBe(false);
  });
  it('what is filled in completely has no errors', () => expect(wrongIn(filled, subject, false, words)).toEqual([]));
  it('its receiver is asked for a judgement only where the pack draws a consequence from it', () => expect([asksQuality({ decisions: { 'key-supervision': {} } }), asksQuality({ decisions: {} }), asksQuality(undefined)]).toEqual([true, false, false]));
  it('every last-year problem and every area must be answered', () => {
    expect(wrongIn(emptyDraft, subject, false, words).map(({ path }) => path)).toEqual(['/items/0', '/areas/filing', '/areas/archives', '/volumes/employers', '/volumes/workers', '/sealedBy']);
  });
  it('volumes are asked for in the words of the pack', () => {
    expect(wrongIn({ ...filled, employers: '', workers: 'x' }, subject, false, words).map(({ message }) => message)).toEqual(['请填写检测家数（整数）', '请填写检测人数（整数）']);
  });
  it('an officer on behalf of a body says when the paper came and why', () => expect(wrongIn(filled, subject, true, words).map(({ path }) => path)).toEqual(['/onBehalf/receivedOn', '/onBehalf/reason']));
  describe('where the pack tells offences from gaps and asks for no volumes', () => {
    const classed = {
      institutionId: 'i2', lastYearProblems: [], volumePeriod: null,
      checklist: [{ id: 'B5', title: '现场采样', class: 'gap', clauses: [] }, { id: 'C1', title: '转包', class: 'violation', clauses: [] }, { id: 'other', title: '其他', class: null, clauses: [] }],
    } as unknown as Subject;
    const problem = (area: string, change = {}) => ({ area, text: '记录不全', class: null, measure: '补齐记录', responsible: '采样人员', corrected: false, on: '2014-10-31', ...change });
    const draft = (own: Draft['own']): Draft => ({ ...emptyDraft, areas: { B5: 'found', C1: 'found', other: 'found' }, own, sealedBy: '办公室' });
    it('[JS-2014-34] a gap needs measure and post, [JS-2014-33] an offence only its day, another problem its class', () => {
      expect(wrongIn(draft([problem('B5', { measure: '', responsible: ' ' }), problem('C1', { measure: '', responsible: '' }), problem('other')]), classed, false, words).map(({ path }) => path)).toEqual(['/items/0/measure', '/items/0/responsible', '/items/2/class']);
    });
    it('[JS-2014-37] is sent with class, measure and post, and without volumes', () => {
      const { items, volumes } = bodyOf(draft([problem('B5'), problem('other', { class: 'gap' })]), classed, false);
      expect([volumes, items.map((item) => [item.checklistItem, item.class, item.measure, item.responsible])]).toEqual([null, [['B5', null, '补齐记录', '采样人员'], ['other', 'gap', '补齐记录', '采样人员']]]);
    });
  });
  it('a returned report is taken up where it was', () => {
    const { items } = bodyOf(filled, subject, false);
    const report = { items: items.map((it, index) => ({ ...it, itemId: String(index), acceptedBy: null })), volumes: { employers: 12, workers: 3400 }, sealedBy: '办公室' } as unknown as Report;
    expect(bodyOf(draftFrom(report, subject), subject, false).items).toEqual(items.map((it) => ({ ...it })));
  });
});
