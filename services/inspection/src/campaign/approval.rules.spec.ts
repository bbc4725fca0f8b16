import { describe, expect, it } from '@jest/globals';
import type { Approval, Principal } from '@zhijian/access';
import type { Levels } from './agency.rules.js';
import { approvalRefused } from './approval.rules.js';

const who = (id: string, role: Principal['role'], codes: string[], personId?: string): Principal => ({ id, name: id, role, places: codes.map((code) => ({ code })), ...(personId ? { personId } : {}) });
const author = { account: 'xian', personId: 'p-1' };
const code = (principal: Principal, place: string, approval: Approval | null = null, levels: Levels = {}) => approvalRefused(principal, author, place, { approval, levels })?.code ?? 'may';

describe('approving what another has drawn up', () => {
  it('takes another person, not merely another account', () => {
    expect(code(who('xian', 'county', ['990101']), '990101')).toBe('approver-is-author');
    expect(code(who('xian-second', 'county', ['990101'], 'p-1'), '990101')).toBe('approver-is-author');
    expect(code(who('xian-third', 'county', ['990101'], 'p-2'), '990101')).toBe('may');
  });

  it('takes authority at the place or above it', () => {
    expect(code(who('shi', 'city', ['990100', '990101']), '990101')).toBe('may');
    expect(code(who('shi', 'city', ['990200']), '990101')).toBe('approver-elsewhere');
    expect(code(who('x', 'county', ['990101', '990100']), '990100')).toBe('approver-elsewhere');
    expect(code(who('a', 'approver', ['990100']), '990100')).toBe('may');
  });

  it('asks the tree at which level a place is administered, not its code', () => {
    expect(code(who('shi', 'city', ['990000']), '990000')).toBe('approver-elsewhere');
    expect(code(who('shi', 'city', ['990000']), '990000', null, { '990000': 'city' })).toBe('may');
    expect(code(who('xian2', 'county', ['jiangbei'], 'p-2'), 'jiangbei', null, { jiangbei: 'area' })).toBe('may');
    expect(code(who('xian2', 'county', ['990108'], 'p-2'), '990108', null, { '990108': 'city' })).toBe('approver-elsewhere');
  });

  it('is for the named approvers where there are some: those of the place, else one level up', () => {
    const up = { place: '990100', people: ['p-9'] };
    expect(code(who('xian2', 'county', ['990101'], 'p-2'), '990101', up)).toBe('approver-needed');
    expect(code(who('pizhun', 'approver', ['990100', '990101'], 'p-9'), '990101', up)).toBe('may');
  });
});
