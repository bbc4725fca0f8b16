import { describe, expect, it } from '@jest/globals';
import { inspection, publication, qualification, qualityControl } from '@zhijian/contracts/http';
import { matters, readStates, statesText } from './matters.js';
import { rights, stateAllows } from './table.js';

const route = (path: string) => ({ method: 'POST', path: `/api/v1/${path}` });

describe('states of matters in the table of rights', () => {
  it.each([
    ['campaign', inspection.campaignStates], ['self-check', inspection.selfCheckStates], ['rectification', inspection.rectificationStates], ['review', qualification.reviewStates], ['evaluation', qualityControl.evaluationStates],
    ['comparison', qualityControl.roundStates], ['colour-correction', qualityControl.correctionStates], ['notice', publication.noticeStates],
  ] as const)('those of a %s are the contract’s', (matter, states) => {
    expect(Object.keys(matters[matter].states)).toEqual([...states]);
  });

  it('are the same for every role on an operation, and none lets all of them pass: that would say nothing', () => {
    for (const [operation, lines] of Map.groupBy(rights, ({ operation: one }) => one)) {
      expect([operation, new Set(lines.map(({ states }) => statesText(states))).size]).toEqual([operation, 1]);
      for (const [matter, list] of lines[0]!.states) expect([operation, matter, list.length < Object.keys(matters[matter].states).length]).toEqual([operation, matter, true]);
    }
  });

  it('decide: one that is listed, of every matter the operation names', () => {
    const visits = route('campaigns/{campaignId}/visits');
    expect([stateAllows(visits, { campaign: 'approved', unit: 'suspended' }), stateAllows(visits, { campaign: 'draft', unit: 'running' }), stateAllows(visits, { campaign: 'approved', unit: 'finished' })]).toEqual([true, false, false]);
    expect(stateAllows(route('campaigns'), {})).toBe(true); // begins a matter
  });

  it('must be said by the room: one that is not looked at is not passed over', () => {
    expect(() => stateAllows(route('notices/{noticeId}/posting'), {})).toThrow('the state of the notice is not said');
  });

  it('are read in words, and a word that is none is refused', () => {
    expect(statesText(readStates('campaign:approved unit:planned unit:running', 'line'))).toBe('行动为“进行中”，辖区为“未开始”或“进行中”');
    for (const cell of ['campaign:asleep', 'moon:full', 'campaign', 'constructor:name', 'unit:toString']) expect(() => readStates(cell, 'line')).toThrow('access.csv');
  });
});
