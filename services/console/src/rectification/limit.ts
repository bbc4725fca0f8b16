import type { Duty } from './rectification.js';

const bases: Record<Duty['limits'][number]['basis'], string> = { 'by-case': '政策文件规定逐案写明', 'own-order': '政策文件没有规定，由机关自行责令' };

/** By what a limit was written; a text that gives none is read as its pack says. */
export const basisWords = ({ basis, reading }: Duty['limits'][number]): string => `${bases[basis]}${reading ? `（按 ${reading} 的理解）` : ''}`;

/** How it stands with rectifying itself, which is not the report. */
export function limitWords({ limitOn, missedAt, rectifiedOn, verification }: Pick<Duty, 'limitOn' | 'missedAt' | 'rectifiedOn'> & { verification?: Duty['verification'] }, today: string): string {
  if (rectifiedOn) return `${rectifiedOn} 整改完成${verification && verification.inTime === false ? '，已过期限' : ''}`;
  if (limitOn === null) return '没有写明整改期限';
  return missedAt || (today && today > limitOn) ? `限期未整改（${limitOn} 24:00 期满）` : `${limitOn} 24:00 以前`;
}

export interface LimitDraft { limitOn: string | null; reason: string; document: string }
/** What is missing or does not fit in a limit, as the server would say it. */
export function wrongInLimit({ limitOn, reason, document }: LimitDraft, before: string | null, today: string): { path: string; message: string }[] {
  return [
    ...(limitOn === null ? [{ path: '/limitOn', message: '请填写整改期限' }] : today && limitOn < today ? [{ path: '/limitOn', message: '整改期限不能早于今天' }] : before && limitOn < before ? [{ path: '/limitOn', message: `只能延长，不能早于 ${before}` }] : []),
    ...(reason.trim() ? [] : [{ path: '/reason', message: '请写明理由' }]), ...(document.trim() ? [] : [{ path: '/document', message: '请填写文书的文号' }]),
  ];
}

export interface VerifyDraft { rectifiedOn: string | null; names: string; from: string }
/** People's names as they are typed, one after another. */
export const namesIn = (text: string): string[] => text.split(/[、，,\n]/).map((name) => name.trim()).filter(Boolean);
export function wrongInVerification({ rectifiedOn, names, from }: VerifyDraft, today: string): { path: string; message: string }[] {
  return [
    ...(rectifiedOn === null ? [{ path: '/rectifiedOn', message: '请填写整改完成的日期' }] : today && rectifiedOn > today ? [{ path: '/rectifiedOn', message: '整改完成的日期不能晚于今天' }] : []),
    ...(namesIn(names).length ? [] : [{ path: '/verifiedBy', message: '请填写核实人员' }]), ...(from ? [] : [{ path: '/from', message: '请选择据以核实的检查或者整改报告' }]),
  ];
}
