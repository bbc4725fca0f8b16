import { beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { builtInPacks, Packs, parsePack, quotaFor, readFiles, type Pack } from './index.js';

let pack: Pack;
beforeAll(async () => { pack = await new Packs([builtInPacks]).get('chongqing/colour-2024@1'); });
const published = (thisYear: string | null, lastYear: string | null = null) => ({ published: true, thisYear, lastYear });

describe('how often a colour demands and permits', () => {
  it.each([['red', 2, 2, false, 'CQ-2024-10'], ['yellow', 1, 1, false, 'CQ-2024-11'], ['green', 0, 0, true, 'CQ-2024-12']] as const)('[%s] checks on site', (colour, min, target, permitted, clause) => {
    expect(quotaFor(pack, 'inspection', published(colour))).toMatchObject({ colour, from: 'this-year', min, target, years: 1, permitted, decidedBy: 'city-cdc', clauses: [clause] });
  });
  it.each([['red', 2, 2, 1, false], ['yellow', 0, 1, 1, true], ['green', 0, 1, 2, true]] as const)('[CQ-2024-15] %s monitoring', (colour, min, target, years, permitted) => {
    expect(quotaFor(pack, 'quality-monitoring', published(colour))).toMatchObject({ colour, min, target, years, permitted, decidedBy: 'qc-centre', clauses: ['CQ-2024-15', 'CQ-2024-16'] });
  });
  it('[CQ-2024-10] before publication the colour of the year before applies', () => {
    expect(quotaFor(pack, 'inspection', { published: false, thisYear: null, lastYear: 'red' })).toMatchObject({ colour: 'red', from: 'last-year', min: 2 });
  });
  it('without a colour nothing is ruled, and that cites its clauses', () => {
    expect(quotaFor(pack, 'inspection', published(null, 'red'))).toMatchObject({ colour: null, frequency: null, min: null, clauses: ['CQ-2024-10', 'CQ-2024-11', 'CQ-2024-12'] });
  });
  it('a pack may give bodies without a colour a frequency', async () => {
    const files = readFiles(join(builtInPacks, 'chongqing/colour-2024/1'));
    const file = 'decisions/inspection-frequency.dmn';
    const ruled = await parsePack({ ...files, [file]: files[file]!.replace(/("none-then"><text>)"not-ruled"/, '$1"yellow-inspection"') });
    expect(quotaFor(ruled, 'inspection', { published: false, thisYear: null, lastYear: null })).toMatchObject({ colour: null, frequency: 'yellow-inspection', min: 1, target: 1, years: 1 });
    expect(quotaFor(ruled, 'quality-monitoring', published(null))).toMatchObject({ colour: null, frequency: null, min: null });
  });
  it('a colour the pack does not know is not determined', () => {
    expect(quotaFor(pack, 'inspection', published('blue'))).toMatchObject({ frequency: null, min: null, reason: expect.any(String) });
  });
});
