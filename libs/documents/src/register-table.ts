import { creditCode, institutionNames as kinds, type InstitutionKind } from '@zhijian/policy';
import { saidBack } from './said-back.js';
import type { TableLayout } from './table-layout.js';

const checkCreditCode = (text: string): string | null => {
  const parsed = creditCode.parse(text);
  return parsed.ok ? null : parsed.message;
};

const checkJurisdiction = (text: string): string | null => (/^(\d{6}|[a-z][a-z0-9-]{2,39})$/u.test(text) ? null : `区划代码应为6位数字（没有代码的功能区用其登记的名称）${saidBack(text)}`);

/**
 * The ledger of institutions (名单): who is filed or qualified where, for what. One line an institution, of any kind; so its columns
 * have plain names, and are known too by what the certificate or filing of each kind calls them.
 */
export const registerTable: TableLayout = {
  title: '职业健康机构名单',
  sheet: '名单',
  columns: [
    { key: 'creditCode', title: '统一社会信用代码', required: true, parse: 'code', unique: true, check: checkCreditCode, width: 22 },
    { key: 'name', title: '机构名称', required: true, parse: 'text', max: 200, width: 32 },
    { key: 'kind', title: '机构类别', required: true, parse: 'text', choices: kinds, width: 22 },
    { key: 'jurisdiction', title: '区划代码', required: true, parse: 'code', check: checkJurisdiction, width: 11 },
    { key: 'address', title: '地址', required: true, parse: 'text', max: 300, width: 34 },
    { key: 'contactPost', title: '联系岗位', parse: 'text', max: 50, width: 16 },
    { key: 'filingNumber', title: '登记编号', also: ['备案编号', '证书编号', '资质证书编号'], parse: 'text', max: 100, width: 22 },
    { key: 'filedOn', title: '登记日期', also: ['备案日期', '发证日期'], parse: 'date', width: 13 },
    { key: 'categories', title: '类别', also: ['检查类别', '业务范围', '技术服务类别', '诊断的职业病类别'], parse: 'list', width: 28 },
    { key: 'items', title: '项目', also: ['检查项目', '技术服务项目', '诊断的病种'], parse: 'list', max: 500, width: 34 },
    { key: 'outreach', title: '外出服务（是/否）', also: ['外出体检（是/否）'], required: true, parse: 'yes-no', width: 12 },
    { key: 'invented', title: '示例（是/否）', parse: 'yes-no', width: 10 },
  ],
};

/** A line of the ledger as `readTable(registerTable, …)` gives it. */
export interface RegisterRow {
  readonly creditCode: string; readonly name: string; readonly kind: InstitutionKind; readonly jurisdiction: string;
  readonly address: string; readonly contactPost: string | null; readonly filingNumber: string | null; readonly filedOn: string | null;
  readonly categories: readonly string[]; readonly items: readonly string[];
  readonly outreach: boolean; readonly invented: boolean | null;
}
