import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { addDays, builtInCalendar, isWorkingDay, localDate } from '@zhijian/calendar';
import { parse, stringify } from 'yaml';
import { sha256 } from './digest.js';
import { builtInPacks, builtInSources, checkPack, contradictions, PackError, Packs, parsePack, type ContradictionKind, type Pack } from './index.js';
import { lawOf } from './law.js';
import { lawFiles } from './testland-law.fixture.js';
import { ruledFiles, ruledSource } from './testland-rules.fixture.js';

/** What stands in a YAML or JSON file, to be changed freely. */
/* eslint-disable @typescript-eslint/no-explicit-any */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-return, typescript/no-unsafe-argument */
type Loose = any;
interface Text { files: Record<string, string>; source: string }
interface Injection { readonly kind: ContradictionKind; readonly what: string; readonly into: 'testland' | 'hangzhou'; readonly change: (text: Text) => void; readonly with?: true }

const read = (folder: string, inside = ''): Record<string, string> => Object.assign({}, ...readdirSync(join(folder, inside)).map((name) => {
  const path = inside ? `${inside}/${name}` : name;
  return statSync(join(folder, path)).isDirectory() ? read(folder, path) : { [path]: readFileSync(join(folder, path), 'utf8') };
}));
const hangzhou = { files: read(join(builtInPacks, 'hangzhou/exam-campaign-2023/1')), source: readFileSync(join(builtInSources, 'hangzhou-2023-exam-campaign.txt'), 'utf8') };
const texts: Record<Injection['into'], Text> = { testland: { files: ruledFiles(), source: ruledSource }, hangzhou };

const testlandLaw = lawOf(await parsePack(lawFiles()))!;
const national = lawOf(await new Packs().get('national/superior-law'))!;
/** The kinds of what is wrong: findings and, where the pack cannot even be read, the problems that are findings too. */
async function wrong({ files, source }: Text, other?: Pack): Promise<{ id: string; kind: string | undefined; severity: string }[]> {
  try {
    return [...checkPack(await parsePack(files, { law: async ({ id }) => ({ laws: [id.startsWith('testland/') ? testlandLaw : national], unread: [] }) }), { sourceText: source, calendar: builtInCalendar, ...(other && { with: other }) }).findings];
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.problems.map(({ file, path, kind }) => ({ id: `${file}${path}`, kind, severity: 'error' }));
  }
}

const edit = (file: string, change: (it: Loose) => void) => ({ files }: Text): void => {
  const it: Loose = parse(files[file] ?? '');
  change(it);
  files[file] = file.endsWith('.json') ? JSON.stringify(it) : stringify(it, { aliasDuplicateObjects: false });
};
const campaign = (change: (it: Loose) => void) => edit('campaign.yaml', change);
const rules = (change: (it: Loose) => void) => edit('rules.yaml', change);
const head = (change: (it: Loose) => void) => edit('pack.yaml', change);
const replaced = (file: string, from: string | RegExp, to: string) => ({ files }: Text): void => {
  const text = files[file] ?? '';
  files[file] = text.replace(from, to);
  if (files[file] === text) throw new Error(`${file} 中没有“${String(from)}”`);
};
const inject = (kind: ContradictionKind, into: Injection['into'], what: string, change: Injection['change'], also: { with?: true } = {}): Injection => ({ kind, into, what, change, ...also });

const dutiesOf = (into: Injection['into']): Loose[] => parse(texts[into].files['campaign.yaml'] ?? '').stages.flatMap((stage: Loose) => stage.duties);
const dutyIn = (it: Loose, id: string): Loose => it.stages.flatMap((stage: Loose) => stage.duties).find((duty: Loose) => duty.id === id);
const places = ['hangzhou', 'testland'] as const;

/** One for each duty of both packs. */
const ofEveryDuty = places.flatMap((into) => dutiesOf(into).flatMap(({ id, due, clauses }: Loose) => [
  inject('no-actor', into, `${id} by nobody`, campaign((it) => { delete dutyIn(it, id).actor; })),
  inject('no-receiver', into, `${id} for nobody`, campaign((it) => { delete dutyIn(it, id).receiver; })),
  inject('no-limit', into, `${id} without a limit`, campaign((it) => { dutyIn(it, id).due = { limit: 'none', wording: '限期' }; })),
  inject('duplicate-deadline', into, `${id} written down again with another limit`, campaign((it) => {
    const stage = it.stages.find((one: Loose) => one.duties.some((duty: Loose) => duty.id === id));
    stage.duties.push({ ...dutyIn(it, id), id: `${id}-again`, due: { after: { event: 'ordered' }, workingDays: 3, wording: due.wording } });
  })),
  inject('unquoted', into, `${id} resting on a clause nobody quotes`, campaign((it) => { dutyIn(it, id).clauses = [...clauses, clauses[0].replace(/\d\d$/, '99')]; })),
]));

/** One for each printed day. */
const ofEveryDay = places.flatMap((into) => dutiesOf(into).filter(({ due }: Loose) => due.on).flatMap(({ id, due }: Loose) => {
  const moved = (on: string) => campaign((it) => { dutyIn(it, id).due.on = on; });
  return [
    inject('outside-parent', into, `${id} after its stage`, moved(`${due.on.slice(0, 4)}-12-29`)),
    inject('outside-parent', into, `${id} before its stage`, moved(`${due.on.slice(0, 4)}-01-05`)),
    inject('no-year', into, `${id} without its year`, campaign((it) => { dutyIn(it, id).due.yearStated = false; })),
    inject('day-off', into, `${id} on a day off`, moved(dayOffAfter(due.on))),
    inject('unquoted', into, `${id} on another day than its words`, moved(`${due.on.slice(0, 8)}${due.on.endsWith('18') ? '17' : '18'}`)),
  ];
}));
function dayOffAfter(on: string): string {
  let day = addDays(localDate(on), 1);
  while (isWorkingDay(day, builtInCalendar)) day = addDays(day, 1);
  return day;
}

/** One letter of every quote. */
const ofEveryQuote = places.flatMap((into) => Object.keys(parse(texts[into].files['pack.yaml'] ?? '').clauses as object).map((id) =>
  inject('quote-missing', into, `${id} with a letter too many`, head((it) => { it.clauses[id].quote = `${it.clauses[id].quote}啊`; }))));

/** One rule of every table left out: something then has none. */
const ofEveryTable = places.flatMap((into) => Object.entries(texts[into].files).filter(([file]) => file.endsWith('.dmn')).flatMap(([file, text]) =>
  [...text.matchAll(/<rule id="([^"]+)">/g)].map((match) => inject('band-gap', into, `${file} without rule ${match[1]}`, replaced(file, new RegExp(`<rule id="${match[1]}">[\\s\\S]*?</rule>`), '')))));

const single: Injection[] = [
  inject('day-off', 'testland', 'a stage that ends on a Saturday', campaign((it) => { it.stages[0].closes = { on: '2024-05-25' }; })),
  inject('day-off', 'hangzhou', 'a superseded day in 国庆节', campaign((it) => { dutyIn(it, 'summary').supersedes = [{ on: '2023-10-02', wording: '11月15日前' }]; })),
  inject('duplicate-deadline', 'testland', 'a window in two widths', campaign((it) => { it.stages[0].supersedes = [{ closes: { month: '2024-06' }, wording: '检查（6月）' }]; })),
  inject('duplicate-deadline', 'hangzhou', 'form 2 with two days', campaign((it) => { dutyIn(it, 'summary').supersedes = [{ on: '2023-11-08', wording: '2023年11月10日前' }]; })),
  inject('no-year', 'testland', 'a document that names no year', head((it) => { delete it.document.issued; })),
  inject('short-window', 'testland', 'a window over 劳动节', campaign((it) => { it.stages[1].opens = { on: '2024-05-01' }; it.stages[1].closes = { on: '2024-05-06' }; })),
  inject('short-window', 'hangzhou', 'a window over 国庆节', campaign((it) => { it.stages[2].opens = { on: '2023-09-29' }; it.stages[2].closes = { on: '2023-10-08' }; })),
  inject('overlap', 'testland', 'self-check into the visits', campaign((it) => { it.stages[0].closes = { on: '2024-06-07' }; })),
  inject('overlap', 'hangzhou', 'lists into the enforcement', campaign((it) => { it.stages[0].closes = { month: '2023-05' }; })),
  inject('order', 'testland', 'a stage that ends before it begins', campaign((it) => { it.stages[1].opens = { month: '2024-07' }; })),
  inject('order', 'hangzhou', 'the summary in the midst of the enforcement', campaign((it) => { it.stages[3].opens = { month: '2023-10' }; })),
  inject('order', 'hangzhou', 'the summary before the enforcement', campaign((it) => { it.stages[3].opens = { month: '2023-01' }; it.stages[3].closes = { month: '2023-01' }; })),
  inject('order', 'hangzhou', 'the roll-up before the summaries', campaign((it) => { dutyIn(it, 'roll-up').due.on = '2023-11-06'; })),
  inject('order', 'hangzhou', 'form 1 before the reports', campaign((it) => { dutyIn(it, 'self-check-form').due.on = '2023-04-12'; })),
  inject('band-gap', 'testland', 'a higher threshold on one side', replaced('decisions/band.dmn', '>= 80', '>= 81')),
  inject('band-gap', 'testland', 'printed bands in steps of 0.1', rules((it) => { it.bands.grade.step = '0.1'; })),
  inject('band-gap', 'testland', 'a printed band left out', rules((it) => { it.bands.grade.printed.splice(1, 1); })),
  inject('band-gap', 'testland', 'days between two periods', rules((it) => { it.periods.permit.variants[1].from = '2024-07-05'; })),
  inject('band-overlap', 'testland', 'thresholds that overlap', replaced('decisions/band.dmn', '&lt; 80', '&lt;= 80')),
  inject('band-overlap', 'hangzhou', 'a rule for every case beside the others', replaced('decisions/case-filing.dmn', /<rule id="/, `<rule id="all"><inputEntry id="a1"><text>-</text></inputEntry><inputEntry id="a2"><text>-</text></inputEntry><outputEntry id="a3"><text>"no-case"</text></outputEntry><annotationEntry><text>HZ-2023-11</text></annotationEntry></rule><rule id="`)),
  inject('band-overlap', 'testland', 'printed bands that share a score', rules((it) => { it.bands.grade.printed[1].to = '80'; })),
  inject('band-overlap', 'testland', 'days with two periods', rules((it) => { it.periods.permit.variants[0].to = '2024-07-10'; })),
  inject('unreachable', 'testland', 'a rule for a score nobody has', replaced('decisions/band.dmn', '</decisionTable>', '<rule id="never"><inputEntry id="n1"><text>(80..80)</text></inputEntry><inputEntry id="n2"><text>-</text></inputEntry><outputEntry id="n3"><text>"A"</text></outputEntry><annotationEntry><text>TEST-2024-01</text></annotationEntry></rule></decisionTable>')),
  inject('unreachable', 'hangzhou', 'a rule for neither yes nor no', replaced('decisions/case-filing.dmn', '</decisionTable>', '<rule id="never"><inputEntry id="n1"><text>not(true,false)</text></inputEntry><inputEntry id="n2"><text>-</text></inputEntry><outputEntry id="n3"><text>"no-case"</text></outputEntry><annotationEntry><text>HZ-2023-11</text></annotationEntry></rule></decisionTable>')),
  inject('missing-input', 'testland', 'bodies that can never have it', rules((it) => { it.inputs.served.have = ['occupational-health-service']; })),
  inject('missing-input', 'testland', 'another kind of body in scope', campaign((it) => { it.scope.kinds.push('disease-diagnosis'); })),
  inject('missing-input', 'testland', 'bodies that may lack it', rules((it) => { it.inputs.served.mayLack = ['absent']; })),
  inject('missing-input', 'testland', 'bodies with several', rules((it) => { it.inputs.served.several = true; })),
  inject('missing-input', 'testland', 'bodies that fall into no row', rules((it) => { it.inputs.score.subjects.push({ title: '没有评分的机构', inputs: { served: true } }); })),
  inject('missing-input', 'testland', 'bodies that belong nowhere', rules((it) => { it.inputs.score.nowhere = ['C']; })),
  inject('unmapped', 'testland', 'a word that occurs', rules((it) => { it.inputs.served.occurring = ['部分']; })),
  inject('unmapped', 'testland', 'an old entry without a new one', rules((it) => { it.lists.materials.mapping[0].automatic = false; })),
  inject('unmapped', 'testland', 'an old entry for one that is gone', rules((it) => { it.lists.materials.mapping[0].to = ['gone']; })),
  inject('unmapped', 'testland', 'a frequency for a colour nobody has', rules((it) => { it.frequencies.red.when.colour = 'purple'; })),
  inject('unmapped', 'testland', 'a colour without a frequency', rules((it) => { delete it.frequencies.green; })),
  inject('unmapped', 'testland', 'a run of a colour nobody has', rules((it) => { it.runs['red-three'].value = 'purple'; })),
  inject('undefined-period', 'testland', 'a period without a start', rules((it) => { it.periods.notice.startStated = false; })),
  inject('undefined-period', 'testland', 'a frequency without a window', rules((it) => { it.frequencies.red.periodStated = false; })),
  inject('undefined-period', 'testland', 'a share without a window', rules((it) => { it.targets.coverage.periodStated = false; })),
  inject('undefined-period', 'testland', 'a draw without a number', rules((it) => { Object.assign(it.samples.archives, { stated: false, wording: '抽取三分之一的档案' }); })),
  inject('undefined-period', 'testland', 'a number of ours', rules((it) => { Object.assign(it.values.lawful, { value: 3, stated: false }); })),
  inject('undefined-period', 'testland', 'a posting without a period', rules((it) => { delete it.notices.posting.period; })),
  inject('no-limit', 'testland', 'a period without a length', rules((it) => { it.periods.notice = { title: '公示', event: 'results-posted', limit: 'none', clauses: ['TEST-2024-08'] }; })),
  inject('no-limit', 'testland', 'a publication at no time', rules((it) => { it.notices.public.limit = 'none'; })),
  inject('zero-denominator', 'testland', 'a share of perhaps nothing', rules((it) => { it.targets.coverage.denominatorMayBeZero = true; })),
  inject('conflict', 'testland', 'full coverage and none for the green', rules((it) => { it.frequencies.green.target = 0; })),
  inject('conflict', 'testland', 'full coverage in a year by a visit in two', rules((it) => { it.frequencies.yellow.per = { years: 2 }; })),
  inject('conflict', 'testland', 'one frequency with two values', rules((it) => { it.frequencies.again = { ...it.frequencies.red, title: '红色机构检查（再）', min: 1 }; })),
  inject('conflict', 'testland', 'one share with two values', rules((it) => { it.targets.again = { ...it.targets.coverage, title: '监管覆盖率（再）', percent: '95', wording: undefined }; })),
  inject('conflict', 'testland', 'another day than in the other pack', campaign((it) => { dutyIn(it, 'report').due.on = '2024-05-22'; }), { with: true }),
  inject('conflict', 'testland', 'none for the green where the other pack covers all', rules((it) => { it.targets.coverage.percent = '99'; it.frequencies.yellow.target = 0; }), { with: true }),
  inject('conflict', 'hangzhou', 'another number of archives than in the other pack', head((it) => { it.parameters.archiveSample.min = 5; }), { with: true }),
  inject('superseded', 'testland', 'law that lapsed', head((it) => { it.basis[0].to = '2024-06-30'; })),
  inject('superseded', 'hangzhou', 'law replaced in the midst of the campaign', head((it) => { it.basis = [{ id: 'a', title: '甲办法', to: '2023-05-31', replacedBy: 'b', clauses: ['HZ-2023-11'] }, { id: 'b', title: '乙办法', from: '2023-06-01', clauses: ['HZ-2023-11'] }]; })),
  inject('unlisted', 'testland', 'a list named and not given', rules((it) => { it.lists.materials.listed = false; })),
  inject('title-differs', 'testland', 'a form with two titles', edit('forms/f1.json', (it) => { it.otherTitles = ['附表 检查情况表']; })),
  inject('outside-parent', 'hangzhou', 'a stage after the pack has lapsed', head((it) => { it.inForce.to = '2023-11-20'; })),
  inject('no-actor', 'hangzhou', 'an agency that is no more', campaign((it) => { it.agencies['city-enforcement'].to = '2023-10-31'; })),
  inject('no-receiver', 'testland', 'an agency that does not exist yet', campaign((it) => { it.agencies['county-supervision'].from = '2024-05-27'; })),
  inject('order', 'testland', 'a consequence that is over before the day', campaign((it) => { dutyIn(it, 'report').missed.until = '2024-05-10'; })),
  inject('outside-parent', 'hangzhou', 'a stage that leaves its duties behind', campaign((it) => { it.stages[3].closes = { on: '2023-11-13' }; })),
  inject('sum', 'testland', 'shares of 110', rules((it) => { it.shares.scoring.parts.site = 70; })),
  inject('sum', 'testland', 'shares of 99.5', rules((it) => { it.shares.scoring.parts.site = '59.5'; })),
  inject('sum', 'testland', 'four named and three listed', rules((it) => { it.lists.materials.count = 4; })),
  inject('sum', 'testland', 'indicators of 90', rules((it) => { it.indicators.quality.items[1].points = 50; })),
  inject('sum', 'testland', 'weights of 90', rules((it) => { it.indicators.quality.items.forEach((item: Loose, at: number) => { item.weight = [40, 50][at]; }); })),
  inject('sum', 'testland', 'a group of other points', rules((it) => { it.indicators.quality.groups.all.points = 99; })),
  inject('off-grid', 'testland', 'a deduction finer than the grid', rules((it) => { it.indicators.quality.items[0].deductions[0].points = '0.3'; })),
  inject('unreachable', 'testland', 'a cap that lowers nothing', rules((it) => { it.indicators.quality.caps[0].most = 100; })),
  inject('unreachable', 'testland', 'two key items where there is one', rules((it) => { it.indicators.quality.caps[0].keyFailed = 2; })),
  inject('unmapped', 'testland', 'a key item whose failing means nothing', rules((it) => { it.indicators.quality.caps = []; })),
  inject('conflict', 'testland', 'an item that may not apply where none may', rules((it) => { it.indicators.quality.notApplicable = 'refuse'; })),
  inject('conflict', 'testland', 'one line with two sets', rules((it) => { it.indicators.again = { ...it.indicators.quality, title: '另一套' }; })),
  inject('undefined-period', 'testland', 'a quotient nobody says how to write', rules((it) => { delete it.indicators.quality.rounded; })),
  inject('unquoted', 'testland', 'ten days where the text has five', rules((it) => { it.periods.notice.workingDays = 10; })),
  inject('unquoted', 'testland', 'three visits where the text has two', rules((it) => { it.frequencies.red.min = 3; })),
  inject('unquoted', 'testland', '95 % where the text has 100 %', rules((it) => { it.targets.coverage.percent = '95'; it.targets.coverage.op = '>='; })),
  inject('quote-missing', 'testland', 'a source that was changed', (text) => { text.source += '补充。'; }),
  inject('quote-missing', 'hangzhou', 'a form title of our own', edit('forms/hz-f1.json', (it) => { it.title = '自查情况一览表'; })),
  inject('quote-missing', 'hangzhou', 'a question of our own', edit('checklists/self-check.yaml', (it) => { it.items[0].text = '是否在依法执业'; })),
  inject('personal-data', 'testland', 'a mobile number in the source', (text) => { text.source += '联系：13900000000'; text.files['pack.yaml'] = text.files['pack.yaml']!.replace(/[0-9a-f]{64}/, sha256(text.source)); }),
  inject('personal-data', 'testland', 'a name in the source', (text) => { text.source += '联系人：测试员'; }),
  inject('personal-data', 'hangzhou', 'an address in a title', head((it) => { it.title = '专项治理 nobody@example.cn'; })),
  inject('against-law', 'testland', 'a posting shorter than the law has it', rules((it) => { Object.assign(it.periods.notice, { workingDays: 3, wording: undefined }); })),
  inject('against-law', 'testland', 'fewer officers than the law has', rules((it) => { it.values.officers = { title: '执法人员', value: 1, clauses: ['TEST-2024-12'] }; })),
  inject('against-law', 'testland', 'visits by an agency the law does not name', campaign((it) => { it.stages[1].duties[0].actor = 'county-cdc'; })),
  inject('against-law', 'hangzhou', 'visits by a body that is no authority', (text) => { campaign((it) => { it.agencies['district-supervision'].kind = 'hospital'; it.scope.kinds.push('occupational-health-service'); it.stages[2].closes = { month: '2023-12' }; })(text); }),
  inject('unopened', 'testland', 'a duty after an event that nothing states', campaign((it) => { dutyIn(it, 'feedback').due = { after: { event: 'system-ready' }, workingDays: 10 }; })),
  inject('unopened', 'testland', 'a duty after a visit where nobody visits', campaign((it) => { dutyIn(it, 'visit').kind = 'study'; })),
  inject('unopened', 'testland', 'a period that nobody counts', rules((it) => { delete it.periods.permit.counted; })),
  inject('unknown-name', 'testland', 'a table with a letter wrong', (text) => { text.files['decisions/key-supervison.dmn'] = text.files['decisions/band.dmn']!.replace('decision id="band"', 'decision id="key-supervison"'); }),
  inject('unknown-name', 'testland', 'a period with a letter left out', rules((it) => { it.periods.rectificaton = { title: '整改', event: 'ordered', workingDays: 5, counted: false, clauses: ['TEST-2024-08'] }; })),
  inject('missing-name', 'testland', 'a rectification duty without a period for the report', (text) => { text.files['decisions/rectification-duty.dmn'] = text.files['decisions/band.dmn']!.replace('decision id="band"', 'decision id="rectification-duty"'); }),
  inject('personal-data', 'testland', 'a number in a rule', rules((it) => { it.notices.public.place = '县政府网站（0571-80000000）'; })),
];

/** A hundred of them: all single ones and, of the rest, as many of each kind as there is room for, in turn. */
function hundred(): Injection[] {
  const rest = [...Map.groupBy([...ofEveryDuty, ...ofEveryDay, ...ofEveryQuote, ...ofEveryTable], ({ kind }) => kind).values()];
  const turns = Array.from({ length: Math.max(...rest.map(({ length }) => length)) }, (_, turn) => rest.flatMap((group) => group[turn] ?? [])).flat();
  return [...single, ...turns].slice(0, 100);
}

const clean = { testland: await wrong(texts.testland), hangzhou: await wrong(texts.hangzhou) };
const packs = { testland: await parsePack(texts.testland.files), hangzhou: await parsePack(texts.hangzhou.files) };
const isFound = async ({ kind, into, change, with: beside }: Injection): Promise<boolean> => {
  const text = { files: { ...texts[into].files }, source: texts[into].source };
  change(text);
  const known = new Set(clean[into].map(({ id }) => id));
  return (await wrong(text, beside && packs[into])).some((it) => it.kind === kind && !known.has(it.id));
};
const missed = async (injections: readonly Injection[]): Promise<string[]> => {
  const lost: string[] = [];
  for (const one of injections) if (!await isFound(one)) lost.push(`${one.kind} ${one.into}: ${one.what}`);
  return lost;
};

describe('contradictions put into clean packs', () => {
  it('a clean pack has none', () => {
    expect(clean.testland).toEqual([]);
    expect(clean.hangzhou.filter(({ severity }) => severity !== 'info').map(({ id }) => id)).toEqual(['undefined-period:archiveSample']); // the text gives no number
  });
  it('of a hundred, of every kind, at least 95 are found and called by their name', async () => {
    const injections = hundred();
    expect(injections).toHaveLength(100);
    expect(new Set(injections.map(({ kind }) => kind))).toEqual(new Set(contradictions));
    const lost = await missed(injections);
    expect(lost).toEqual([]);
  });
  it('so are others of the same making', async () => { // every fourth: each is a pack to be read
    expect(await missed([...ofEveryDuty, ...ofEveryDay, ...ofEveryQuote, ...ofEveryTable].filter((_, i) => i % 4 === 1))).toEqual([]);
  });
});
