import { beforeAll, describe, expect, it } from '@jest/globals';
import { Packs, type Pack } from '@zhijian/policy';
import { fill, merged, printedCell, withoutWords, type FilledForm, type Subject } from './form.rules.js';

let pack: Pack;
beforeAll(async () => { pack = await new Packs().get('hangzhou/exam-campaign-2023'); });

type Case = Subject['cases'][number];
const aCase = (change: Partial<Case> = {}): Case => ({ caseId: 'c1', number: '1号', decided: true, throughExtension: false, sanctions: [{ kind: 'warning', fen: null }], ...change });
const aSubject = (change: Partial<Subject> = {}): Subject => ({
  key: 'b1', name: '甲院', address: '一号', categories: ['粉尘类', '噪声类'], outreach: true, member: true, filedHere: true, filedElsewhere: false,
  report: { employers: 12, workers: 345, noProblems: false, problems: ['缺页', '缺章'], late: false }, findings: [], cases: [], ...change,
});
const elsewhere = (change: Partial<Subject> = {}) => aSubject({ key: 'b2', name: '外地院', member: false, filedHere: false, filedElsewhere: true, report: null, ...change });
const printed = ({ rows, remarks }: FilledForm) => ({ rows: rows.map((row) => row.map(printedCell)), remarks });
const formOne = (...subjects: Subject[]) => printed(fill(pack.forms['HZ-F1']!, subjects, pack));
const formTwo = (...subjects: Subject[]) => printed(fill(pack.forms['HZ-F2']!, subjects, pack));

describe('form 1', () => {
  it('[HZ-2023-16] lists the bodies of the campaign in its eight columns', () => {
    expect(formOne(aSubject(), elsewhere()).rows).toEqual([[1, '甲院', '一号', '粉尘类、噪声类', '是', 12, 345, '1、缺页；2、缺章']]);
  });
  it('[HZ-2023-16] leaves blank what nobody reported, and says so', () => {
    expect(formOne(aSubject({ report: null, outreach: null }))).toEqual({ rows: [[1, '甲院', '一号', '粉尘类、噪声类', null, null, null, null]], remarks: [{ row: 1, text: '未报送自查报告' }] });
  });
  it('says of a late report that it was late, and of a clean one that nothing was found', () => {
    const { rows, remarks } = formOne(aSubject({ report: { employers: 1, workers: 2, noProblems: true, problems: [], late: true } }));
    expect([rows[0]![7], remarks]).toEqual(['无', [{ row: 1, text: '逾期报送' }]]);
  });
  it('what bodies wrote, and what an unregistered body was called, stands apart from the table that is hashed and taken away', () => {
    const { rows } = fill(pack.forms['HZ-F1']!, [aSubject(), aSubject({ key: 'unregistered:甲', name: '欧阳诊所', address: '某路' })], pack);
    expect(withoutWords(rows)).toEqual([[1, '甲院', '一号', '粉尘类、噪声类', '是', 12, 345, null], [2, null, null, '粉尘类、噪声类', '是', 12, 345, null]]);
  });
  it('an idle body that was visited is not in it', () => expect(formOne(aSubject({ member: false })).rows).toEqual([]));
});

describe('form 2', () => {
  it('[HZ-2023-17] has thirteen leaf columns, marks findings and prints fines in 万元', () => {
    const { rows } = formTwo(aSubject({ findings: ['archives', 'other'], cases: [aCase({ sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }] })] }));
    expect(rows).toEqual([[1, '甲院', null, null, null, null, '√', null, null, null, '√', '√', 1.25]]);
  });
  it('[HZ-2023-12] [HZ-2023-17] lists a body filed elsewhere only when it was punished through an extension check', () => {
    expect(formTwo(elsewhere({ findings: ['archives'] })).rows).toEqual([]);
    expect(formTwo(elsewhere({ findings: ['archives'], cases: [aCase({ throughExtension: true, decided: false, sanctions: [] })] })).rows).toEqual([]);
    expect(formTwo(elsewhere({ cases: [aCase({ throughExtension: true, sanctions: [{ kind: 'none', fen: null }] })] })).rows).toEqual([]);
    expect(formTwo(elsewhere({ findings: ['archives'], cases: [aCase({ throughExtension: true })] })).rows).toHaveLength(1);
  });
  it('[HZ-2023-17] lists a body filed nowhere that was found practising, and one filed here whatever was found', () => {
    expect(formTwo(elsewhere({ filedElsewhere: false, findings: ['not-filed'] })).rows[0]![2]).toBe('√');
    expect(formTwo(elsewhere({ filedElsewhere: false })).rows).toEqual([]);
    expect(formTwo(aSubject({ member: false })).rows).toHaveLength(1);
  });
  it('says what is still undecided, of whom is listed and of whom is not yet', () => {
    const open = aCase({ number: '9号', throughExtension: true, decided: false, sanctions: [] });
    expect(formTwo(aSubject({ cases: [open] }), elsewhere({ cases: [open] })).remarks).toEqual([{ row: 1, text: '案件 9号 尚未作出决定，作出后补报' }, { row: 0, text: '外地院：案件 9号 尚未作出决定，作出后补报' }]);
  });
  it('[HZ-2023-17] is listed by the table of the pack whatever the pack calls it; a pack without one lists everybody', () => {
    const name = Object.keys(pack.decisions).find((id) => pack.decisions[id]!.outputs[0]!.name === 'listing')!;
    const { [name]: table, ...others } = pack.decisions;
    const rowsOf = (decisions: Pack['decisions']) => fill(pack.forms['HZ-F2']!, [aSubject(), elsewhere()], { ...pack, decisions }).rows.length;
    expect(rowsOf({ ...others, 'bodies-to-print': { ...table!, id: 'bodies-to-print' } })).toBe(1);
    expect(rowsOf(others)).toBe(2);
  });
  it('says that a sanction has no column', () => {
    expect(formTwo(aSubject({ cases: [aCase({ sanctions: [{ kind: 'suspension', fen: null }] })] })).remarks).toEqual([{ row: 1, text: '另有表中未设栏目的处理（没收、暂停或撤销）' }]);
  });
});

describe('the roll-up', () => {
  it('[HZ-2023-14] counts a body once and each sanction once, however many units report it', () => {
    const here = aSubject({ findings: ['archives'], cases: [aCase({ sanctions: [{ kind: 'fine', fen: 10_000 }] })] });
    const there = aSubject({ member: false, filedHere: false, filedElsewhere: true, report: null, findings: ['archives', 'other'], cases: [aCase({ sanctions: [{ kind: 'fine', fen: 10_000 }] }), aCase({ caseId: 'c2', number: '2号', throughExtension: true, sanctions: [{ kind: 'fine', fen: 20_000 }] })] });
    expect(formTwo(here, there).rows).toEqual([[1, '甲院', null, null, null, null, '√', null, null, null, '√', null, 0.03]]);
    expect(merged([there, here])[0]).toMatchObject({ member: true, filedHere: true, filedElsewhere: false, report: { workers: 345 } });
  });
});
