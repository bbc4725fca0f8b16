import { describe, expect, it } from '@jest/globals';
import { parsePack, tracePacks } from './index.js';
import { testlandFiles } from './testland.fixture.js';

const testland = await parsePack(testlandFiles());
const titles = ['[TEST-2024-03] a late report leads to a visit', '[TEST-2024-04] feedback is due after ten working days'];

describe('the trace of clauses', () => {
  it('leads from a clause to its values, rules and tests', () => {
    const { rows } = tracePacks([testland], titles);
    expect(rows.find((row) => row.clause === 'TEST-2024-01')).toMatchObject({ values: ['scope'], rules: ['band/good', 'band/poor', 'band/idle'], tests: ['80分为A'] });
    expect(rows.find((row) => row.clause === 'TEST-2024-04')).toMatchObject({ values: ['stage visits', 'duty visit', 'duty feedback', 'form T-F1'], tests: [titles[1]] });
    expect(rows.find((row) => row.clause === 'TEST-2024-03')?.values).toEqual(['duty report']); // its consequence when missed
  });
  it('names a normative clause without a test or without a value', () => {
    expect(tracePacks([testland], [])).toMatchObject({ total: 4, traced: 2, missing: ['TEST-2024-03', 'TEST-2024-04'] });
  });
  it('leaves out a document that is invented for an example', () => {
    expect(tracePacks([{ ...testland, document: { ...testland.document, invented: true } }], [])).toMatchObject({ total: 0, missing: [] });
  });
  it('a pending clause is not missing, and a clause already shown is not pending', () => {
    const pending = [{ clause: 'TEST-2024-03', area: '检查' }, { clause: 'TEST-2024-04', area: '检查' }, { clause: 'TEST-2024-01', area: '检查' }];
    expect(tracePacks([testland], [titles[1] ?? ''], pending)).toMatchObject({ pending: [{ clause: 'TEST-2024-03' }], missing: [] });
  });
});
