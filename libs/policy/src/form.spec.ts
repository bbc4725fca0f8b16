import { describe, expect, it } from '@jest/globals';
import { listingTableOf, Packs, parsePack, PackError } from './index.js';
import { testlandFiles } from './testland.fixture.js';

/** A table of two rules that says whom a form lists, asking one thing. */
const listing = (id: string, asks = 'filedHere', answers = 'listing') => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d-${id}" name="d" namespace="https://zhijian.example/policy">
  <decision id="${id}" name="列入"><decisionTable id="t-${id}" hitPolicy="UNIQUE">
    <input id="i" label="问"><inputExpression id="e" typeRef="boolean"><text>${asks}</text></inputExpression></input>
    <output id="o" name="${answers}" typeRef="string"><outputValues id="v"><text>"listed","not-listed"</text></outputValues></output>
    <rule id="yes"><inputEntry id="y1"><text>true</text></inputEntry><outputEntry id="y2"><text>"listed"</text></outputEntry><annotationEntry><text>TEST-2024-04</text></annotationEntry></rule>
    <rule id="no"><inputEntry id="n1"><text>false</text></inputEntry><outputEntry id="n2"><text>"not-listed"</text></outputEntry><annotationEntry><text>TEST-2024-04</text></annotationEntry></rule>
  </decisionTable></decision>
</definitions>`;
const form = (change: object) => JSON.stringify({ ...(JSON.parse(testlandFiles()['forms/f1.json']!) as object), ...change });
const packOf = (tables: Record<string, string>, change: object = {}) =>
  parsePack({ ...testlandFiles(), ...Object.fromEntries(Object.entries(tables).map(([id, xml]) => [`decisions/${id}.dmn`, xml])), 'forms/f1.json': form(change) });
const faults = (made: Promise<unknown>) => made.then(() => [], (error: PackError) => error.problems);

describe('whom a form of checked bodies lists', () => {
  it('says the table that the form names, or the only one there is, whatever a pack calls it', async () => {
    const named = await packOf({ 'whom-we-list': listing('whom-we-list'), other: listing('other') }, { listedBy: 'other' });
    expect(listingTableOf(named, named.forms['T-F1']!)).toBe('other');
    const only = await packOf({ 'whom-we-list': listing('whom-we-list') });
    expect(listingTableOf(only, only.forms['T-F1']!)).toBe('whom-we-list');
    expect(listingTableOf(only, { rows: 'roster' })).toBeNull();
    const none = await packOf({ elsewhere: listing('elsewhere', 'region') }); // asks what no form knows
    expect(listingTableOf(none, none.forms['T-F1']!)).toBeNull();
  });

  it('[HZ-2023-17] a published pack that names none has one, and a table of another list is not taken for it', async () => {
    const packs = new Packs();
    const [hangzhou, heshui] = [await packs.get('hangzhou/exam-campaign-2023@1'), await packs.get('heshui/quality-action-2024@1')];
    const name = listingTableOf(hangzhou, hangzhou.forms['HZ-F2']!)!;
    expect(hangzhou.decisions[name]!.name).toBe('是否列入附表2');
    expect(listingTableOf(heshui, { rows: 'checked' })).toBeNull();
  });

  it('a name that leads nowhere, two tables without a name, and a name on another form are refused', async () => {
    const [a, b] = [listing('a'), listing('b')];
    expect(await faults(packOf({ a, b }))).toMatchObject([{ file: 'forms/f1.json', path: '/listedBy', message: '政策包中有几张表（a、b）决定是否列入，请写明用哪一张' }]);
    expect(await faults(packOf({ a }, { listedBy: 'c' }))).toMatchObject([{ path: '/listedBy', message: '没有决策“c”' }]);
    expect(await faults(packOf({ a }, { listedBy: 'band' }))).toMatchObject([{ path: '/listedBy', message: '决策“band”不回答是否列入（listing），或者用到表格不知道的输入' }]);
    expect(await faults(packOf({ a }, { listedBy: 'a', rows: 'roster' }))).toMatchObject([{ path: '/listedBy', message: '只有列出检查过的机构的表格（rows: checked）可以写' }]);
  });
});
