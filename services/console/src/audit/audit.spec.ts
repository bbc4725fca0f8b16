import { describe, expect, it } from '@jest/globals';
import { caseFileName } from '@zhijian/contracts/words';
import { caseName, runName } from './audit.js';

const moment = (at: string): string => at.slice(0, 16).replace('T', ' ');

describe('a run of a case that was begun anew', () => {
  const run = { startedAt: '2024-11-15T10:00:00.000+08:00', closedAt: '2024-11-20T09:30:00.000+08:00', status: 'TERMINATED' };
  it('is told apart by its number, when it began and ended, and its state', () => expect(runName(run, 1, moment)).toBe('第 1 次：2024-11-15 10:00 至 2024-11-20 09:30，已终止'));
  it('goes on until today while it is open', () => expect(runName({ ...run, closedAt: null, status: 'RUNNING' }, 2, moment)).toBe('第 2 次：2024-11-15 10:00 至 今，进行中'));
  it('has a file of its own name only when it is named', () =>
    expect([caseFileName('campaign/c/*', ''), caseFileName('campaign/c/*'), caseFileName('notice/n', 'r')]).toEqual(['campaign-c-*.zjb', 'campaign-c-*.zjb', 'notice-n-r.zjb']));
});

it('what a year entails is called by year and place', () => expect(caseName('consequences/500000/2024')).toBe('2024 年度整改与检查频次（500000）'));
