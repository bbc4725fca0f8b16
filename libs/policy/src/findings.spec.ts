import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { checkPack, Packs, readSource, type ContradictionKind, type Finding, type Pack, type Severity } from './index.js';

/** A row: what a check of the text as printed must find, and where: clauses, or the readings that answer it, each at least once. */
type Row = readonly [what: string, kind: ContradictionKind, severity: Severity, ...where: string[]];

const texts: Record<string, readonly Row[]> = {
  hangzhou: [
    ['self-check report due 4月5 and 4月15; county form due 4月10日 and 4月20日', 'duplicate-deadline', 'error', 'AMB-HZ-1'],
    ['2023-04-05 is 清明, 2023-04-15 a Saturday', 'day-off', 'warning', 'AMB-HZ-5'],
    ['enforcement opens 04-01, before the self-check report is due', 'overlap', 'info', 'AMB-HZ-3'],
    ['number of archives to draw not stated', 'undefined-period', 'warning', 'HZ-2023-10'],
    ['form titles differ between text and sheet', 'title-differs', 'info', 'AMB-HZ-2'],
  ],
  jiangsu: [
    ['summary 10-01…10-10 lies inside enforcement 10-01…11-30', 'order', 'warning', 'AMB-JS-1'],
    ['the summary window has three working days', 'short-window', 'warning', 'JS-2014-37'],
    ['2014-08-30 is a Saturday, 2014-11-30 a Sunday', 'day-off', 'warning', 'AMB-JS-3'],
    ['“第四季度” against 11月30日 for one action', 'duplicate-deadline', 'warning', 'AMB-JS-2'],
    ['on-line disclosure has no start date', 'no-limit', 'warning', 'AMB-JS-5'],
    ['the “六个坚持” are not listed', 'unlisted', 'info', 'JS-2014-28'],
  ],
  heshui: [
    ['“8月底前” has no year', 'no-year', 'error', 'AMB-HS-1'],
    ['2024-08-31 (as read) is a Saturday', 'day-off', 'warning', 'AMB-HS-1'],
    ['“每两年” without a window', 'undefined-period', 'error', 'AMB-HS-3'],
    ['rates whose denominator can be zero', 'zero-denominator', 'warning', 'AMB-HS-6'],
    ['bodies that fall into no path of capability confirmation', 'missing-input', 'warning', 'AMB-HS-7', 'AMB-HS-8'],
    ['rectification “限期” without a limit', 'no-limit', 'warning', 'HS-2024-21'],
    ['issue list and plan named without columns', 'unlisted', 'info', 'HS-2024-13'],
  ],
  chongqing: [
    ['“80-100, 70-79, 60-69” leave 79.5 and 69.5 without a grade', 'band-gap', 'error', 'AMB-CQ-1'],
    ['examination bodies take part in no comparison; absent bodies have no level', 'missing-input', 'error', 'AMB-CQ-2', 'AMB-CQ-3'],
    ['基本合格 and 不做综合评定 have no row in table 2', 'unmapped', 'warning', 'AMB-CQ-4'],
    ['a body with two qualifications has two results', 'missing-input', 'warning', 'AMB-CQ-5'],
    ['“限期未整改”: only the report has a limit', 'no-limit', 'warning', 'AMB-CQ-9'],
    ['month of the colour run not stated; which year the quotas bind', 'undefined-period', 'warning', 'CQ-2024-07', 'AMB-CQ-11'],
  ],
  guizhou: [
    ['criteria of 2号文 lapsed 2024-07-01, 管理办法 amended 2023-12-01', 'superseded', 'warning', 'AMB-GZ-1'],
    ['“2年内” without a start day', 'undefined-period', 'warning', 'AMB-GZ-2'],
    ['old scope 采矿业 without a mapping to its two parts', 'unmapped', 'error', 'AMB-GZ-3'],
    ['“及时” for notices and publication', 'no-limit', 'warning', 'GZ-2021-25', 'GZ-2021-26'],
  ],
};
/** What a check finds beside the rulebook's §7, never an error: the law behind a text that asks to be looked at, and days that nothing in the rooms begins. */
const beside: Record<string, readonly Row[]> = {
  jiangsu: [['periods that no room counts', 'unopened', 'info', 'JS-2014-32', 'JS-2014-33']],
  chongqing: [
    ['examination bodies that are green may go unvisited, where the measures ask for one visit a year', 'against-law', 'warning', 'CQ-2024-12', 'ZYJC-2015-20'],
    ['a disease-control centre visits, where the measures name the authorities', 'against-law', 'warning', 'CQ-2024-10', 'ZYWS-2023-07'],
  ],
  guizhou: [
    ['one grade and the whole country, where the measures had two and the province until 2023-11-30', 'against-law', 'warning', 'GZ-2021-01', 'GZ-2021-03', 'ZYWS-2020-05', 'ZYWS-2020-06'],
    ['the entry in the national register, which no decision of the rooms begins', 'unopened', 'warning', 'GZ-2021-27'],
    ['periods that no room counts', 'unopened', 'info', 'GZ-2021-06', 'GZ-2021-11', 'GZ-2021-17', 'GZ-2021-27'],
  ],
};
const together: Row = ['100 % supervision coverage against green bodies unvisited', 'conflict', 'error', 'AMB-HS-9'];

const packs = new Packs();
const latest = async (place: string): Promise<Pack | undefined> => {
  const found = packs.list().findLast(({ id }) => id.startsWith(`${place}/`));
  return found && packs.get(`${found.id}@${found.version}`);
};
const check = (pack: Pack, asPrinted: boolean, other?: Pack): readonly Finding[] =>
  checkPack(pack, { asPrinted, sourceText: readSource(pack), calendar: builtInCalendar, ...(other && { with: other }) }).findings;

/** Is it this row's finding at that place? A reading's place are its clauses. */
const isAt = (finding: Finding, [, kind, severity]: Row, place: string, pack: Pack): boolean =>
  finding.kind === kind && finding.severity === severity && (pack.readings[place]?.clauses ?? [place]).some((id) => finding.clauses.includes(id));
const words = ({ kind, severity, clauses, message }: Finding): string => `${kind} ${severity} ${clauses.join(' ')} ${message}`;

for (const [place, rows] of Object.entries(texts)) {
  const pack = await latest(place);
  if (!pack) throw new Error(`no pack ${place}`);
  describe(`the text of ${pack.id} as printed`, () => {
    const found = check(pack, true);
    it.each(rows)('%s: %s, %s', (...row) => {
      const missing = row.slice(3).filter((where) => !found.some((it) => isAt(it, row, where, pack)));
      expect(missing).toEqual([]);
    });
    const others = beside[place] ?? [];
    for (const row of others) {
      it(`beside the rulebook: ${row[0]}: ${row[1]}, ${row[2]}`, () => {
        expect(row.slice(3).filter((where) => !found.some((it) => isAt(it, row, where, pack)))).toEqual([]);
        expect(row[2]).not.toBe('error');
      });
    }
    it('has no other finding', () => {
      expect(found.filter((finding) => ![...rows, ...others].some((row) => row.slice(3).some((where) => isAt(finding, row, where, pack)))).map(words)).toEqual([]);
    });
    it('has no finding without the words it is about', () => {
      expect(found.filter(({ quote }) => !quote).map(words)).toEqual([]);
    });
    it('has one finding for each duty or date', () => expect(new Set(found.map(({ id }) => id)).size).toBe(found.length));
    it('as read, each row that a reading answers is info and names it, and nothing stops approval', () => {
      const read = check(pack, false);
      for (const row of rows) for (const reading of row.slice(3).filter((it) => it.startsWith('AMB-'))) expect(read).toContainEqual(expect.objectContaining({ kind: row[1], severity: 'info', reading }));
      expect(read.filter(({ severity }) => severity === 'error').map(words)).toEqual([]);
    });
  });
}

const [heshui, chongqing] = [await latest('heshui'), await latest('chongqing')];
if (heshui && chongqing) {
  describe('Heshui and Chongqing, where both apply', () => {
    it.each([['one with the other', heshui, chongqing], ['the other way round', chongqing, heshui]])('%s: coverage of all against green bodies unvisited', (_, pack, other) => {
      const found = check(pack, true, other).filter(({ kind }) => kind === 'conflict');
      expect(found).toHaveLength(1);
      expect(found.every((it) => isAt(it, together, 'AMB-HS-9', heshui))).toBe(true);
      expect(check(pack, false, other)).toContainEqual(expect.objectContaining({ kind: 'conflict', severity: 'info', reading: 'AMB-HS-9' }));
    });
  });
}
