import type { FindingKind, SanctionKind } from '@zhijian/contracts';
import { wanOf, type Cell } from '@zhijian/documents';
import { decide, formColumns, listingTableOf, type Form, type ListingFact, type Pack } from '@zhijian/policy';

/** What is known of one body (registered or not) when a form is filled. */
export interface Subject {
  key: string;
  name: string;
  address: string;
  categories: readonly string[];
  outreach: boolean | null;
  /** In the campaign's roster of the unit. */
  member: boolean;
  /** Filed in the unit, whether in the campaign or not (idle, or closed since). */
  filedHere: boolean;
  filedElsewhere: boolean;
  report: { employers: number; workers: number; noProblems: boolean; problems: readonly string[]; late: boolean | null; /** Given back and not yet corrected: the day it was received. */ returned?: string | null } | null;
  findings: readonly FindingKind[];
  cases: readonly { caseId: string; number: string; decided: boolean; throughExtension: boolean; sanctions: readonly { kind: SanctionKind; fen: number | null }[] }[];
}

/**
 * A cell of words that people wrote, as it is kept with a form that was sent: each text by itself, so that one that is erased is
 * gone from the form too. The table that the log has the hash of, and that an auditor takes away, is without it.
 */
interface Words { readonly words: readonly string[]; readonly numbered: boolean }
export type KeptCell = Cell | Words;
const isWords = (cell: KeptCell): cell is Words => typeof cell === 'object' && cell !== null;
/** As it is printed, several texts one after the other. */
export const printedCell = (cell: KeptCell): Cell => (isWords(cell) ? cell.words.map((text, at) => (cell.numbered ? `${at + 1}、${text}` : text)).join('；') : cell);
/** The table without what people wrote in it. */
export const withoutWords = (rows: readonly (readonly KeptCell[])[]): Cell[][] => rows.map((row) => row.map((cell) => (isWords(cell) ? null : cell)));

export interface FilledForm { rows: KeptCell[][]; remarks: { row: number; text: string }[] }

export type FormRefusal = 'form-unknown' | 'form-nothing' | 'form-summary-missing' | 'form-unit-foreign' | 'form-not-open' | 'form-of-institution' | 'form-of-unit';
export const formSentences = {
  'form-unknown': '政策包中没有表格 {form}',
  'form-of-institution': '{form}随每家机构的报告报送，辖区不另行填报',
  'form-of-unit': '{form}由辖区填报，不按机构分列',
  'form-nothing': '表中没有任何机构，请在名单冻结之后报送',
  'form-summary-missing': '请一并填写工作总结',
  'form-unit-foreign': '您不在该辖区任职',
  'form-not-open': '专项行动不在进行中',
} satisfies Record<FormRefusal, string>;

/** Not in the register: what it is called and where, an officer wrote. */
const unregistered = ({ key }: Pick<Subject, 'key'>): boolean => key.startsWith('unregistered:');
const typed = (subject: Subject, text: string): KeptCell => (unregistered(subject) && text ? { words: [text], numbered: false } : text);

const sanctioned = (one: Subject['cases'][number]): boolean => one.decided && one.sanctions.some(({ kind }) => kind !== 'none');

/**
 * Fills a form of a pack: a roster form lists the bodies of the campaign, a form of what was checked lists whom the
 * pack's own table lists. One body is one row and one sanction is counted once, however many units report it.
 */
export function fill(form: Form, subjects: readonly Subject[], pack: Pack): FilledForm {
  const table = listingTableOf(pack, form);
  const listed = merged(subjects).filter((subject) => (form.rows === 'roster' ? subject.member : isListed(subject, pack, table)));
  const columns = formColumns(form);
  const rows = listed.map((subject, at) => columns.map(({ source }) => cellOf(source, subject, at)));
  const remarks = listed.flatMap((subject, at) => remarksOf(form, subject).map((text) => ({ row: at + 1, text })));
  const waiting = form.rows === 'checked' ? merged(subjects).filter((subject) => !listed.includes(subject) && subject.cases.some(({ decided }) => !decided)) : [];
  return { rows, remarks: [...remarks, ...waiting.map(({ key, name, cases }) => ({ row: 0, text: `${unregistered({ key }) ? '未登记的单位' : name}：案件 ${cases.filter(({ decided }) => !decided).map(({ number }) => number).join('、')} 尚未作出决定，作出后补报` }))] };
}

/** What the table of a form is asked about a body. */
export const listingInputs = (subject: Subject): Record<ListingFact, boolean> => ({
  filedHere: subject.filedHere, filedElsewhere: subject.filedElsewhere, finding: subject.findings.length > 0,
  punishedThroughExtension: subject.cases.some((one) => one.throughExtension && sanctioned(one)),
});

/** Without a table nothing was left out by the text: all are listed. */
function isListed(subject: Subject, pack: Pack, table: string | null): boolean {
  if (table === null) return true;
  const decision = decide<string>(pack, table, listingInputs(subject));
  return decision.determined && decision.value === 'listed';
}

function cellOf(source: string, subject: Subject, at: number): KeptCell {
  const [what, kind] = source.split(':');
  if (what === 'finding') return subject.findings.includes(kind as FindingKind) ? '√' : null;
  const sanctions = subject.cases.filter(({ decided }) => decided).flatMap((one) => one.sanctions);
  switch (source) {
    case 'row-number': return at + 1;
    case 'institution-name': return typed(subject, subject.name);
    case 'institution-address': return typed(subject, subject.address);
    case 'filing-categories': return subject.categories.join('、') || null;
    case 'outreach': return subject.outreach === null ? null : subject.outreach ? '是' : '否';
    case 'volume-employers': return subject.report?.employers ?? null;
    case 'volume-workers': return subject.report?.workers ?? null;
    case 'self-check-problems': return subject.report && (subject.report.problems.length ? { words: [...subject.report.problems], numbered: true } : '无');
    case 'sanction:warning': return sanctions.some((sanction) => sanction.kind === 'warning') ? '√' : null;
    case 'sanction:fine-wan': {
      const fen = sanctions.reduce((sum, sanction) => sum + (sanction.kind === 'fine' ? (sanction.fen ?? 0) : 0), 0);
      return fen > 0 ? wanOf(fen) : null;
    }
    default: throw new Error(`no rule fills the column ${source}`);
  }
}

const reportRemarks = ({ late, returned }: NonNullable<Subject['report']>): string[] => [...(late ? ['逾期报送'] : []), ...(returned ? [`${returned} 收到的自查报告已退回，待更正`] : [])];

function remarksOf(form: Form, subject: Subject): string[] {
  if (form.rows === 'roster') return subject.report ? reportRemarks(subject.report) : ['未报送自查报告'];
  const open = subject.cases.filter(({ decided }) => !decided);
  const unprinted = subject.cases.flatMap(({ sanctions }) => sanctions).filter(({ kind }) => ['confiscation', 'suspension', 'withdrawal'].includes(kind));
  return [...open.map(({ number }) => `案件 ${number} 尚未作出决定，作出后补报`), ...(unprinted.length ? ['另有表中未设栏目的处理（没收、暂停或撤销）'] : [])];
}

/** The same body seen by several units is one subject; a case is counted once. */
export function merged(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map<string, Subject>();
  for (const subject of subjects) {
    const before = byKey.get(subject.key);
    byKey.set(subject.key, before ? {
      ...before, member: before.member || subject.member, filedHere: before.filedHere || subject.filedHere, filedElsewhere: before.filedElsewhere && subject.filedElsewhere, report: before.report ?? subject.report,
      findings: [...new Set([...before.findings, ...subject.findings])], cases: [...before.cases, ...subject.cases.filter(({ caseId }) => !before.cases.some((one) => one.caseId === caseId))],
    } : subject);
  }
  return [...byKey.values()];
}
