import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { actingOn, type AgencySpan } from './acting-agency.js';

const day = localDate;
const agencies: Readonly<Record<string, AgencySpan & { readonly name: string }>> = {
  team: { name: '执法队', to: day('2024-06-30'), replacedBy: 'bureau' },
  bureau: { name: '监督局', from: day('2024-07-01'), to: day('2025-12-31'), replacedBy: 'centre' },
  centre: { name: '疾控中心', from: day('2026-02-01') },
  closed: { name: '撤销的机关', to: day('2024-06-30') },
  circle: { name: '绕回的机关', to: day('2024-06-30'), replacedBy: 'circle' },
  lost: { name: '接替者不明的机关', to: day('2024-06-30'), replacedBy: 'nobody' },
  always: { name: '一直办理的机关' },
};
const on = (id: string, at: string) => {
  const acting = actingOn(agencies, id, day(at));
  if (!acting) return 'unknown';
  if (acting.state === 'acts') return `${acting.agency.name} acts${acting.instead ? ` instead of ${acting.instead.name}` : ''}`;
  return `${acting.agency.name} ${acting.state}${acting.state === 'ended' && acting.successor ? `, then ${acting.successor.name}` : ''}`;
};

describe('who acts for an agency', () => {
  it.each([
    ['team', '2024-06-30', '执法队 acts'],
    ['team', '2024-07-01', '监督局 acts instead of 执法队'],
    ['team', '2025-12-31', '监督局 acts instead of 执法队'],
    ['team', '2026-02-01', '疾控中心 acts instead of 执法队'],
    ['team', '2026-01-31', '执法队 ended, then 疾控中心'],
    ['bureau', '2026-01-31', '监督局 ended, then 疾控中心'],
    ['bureau', '2024-06-30', '监督局 not-begun'],
    ['closed', '2024-06-30', '撤销的机关 acts'],
    ['closed', '2024-07-01', '撤销的机关 ended'],
    ['circle', '2024-07-01', '绕回的机关 ended'],
    ['lost', '2024-07-01', '接替者不明的机关 ended'],
    ['always', '1999-01-01', '一直办理的机关 acts'],
    ['unheard-of', '2024-07-01', 'unknown'],
    ['toString', '2024-07-01', 'unknown'],
  ])('%s on %s: %s', (id, at, said) => expect(on(id, at)).toBe(said));
});
