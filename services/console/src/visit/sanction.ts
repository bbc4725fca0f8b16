import type { Answer, FieldError } from '@zhijian/web';
import { fenOfWan, wan } from '@zhijian/web/format';
import { sanctionWords } from '@zhijian/web/words';

export type CaseFile = Answer<'listCases'>['items'][number];
export type Sanction = CaseFile['sanctions'][number];

/** A sanction in words, money in ten thousand yuan: `罚款 1.5 万元`. */
export const sanctionSentence = ({ kind, fen }: Sanction): string => `${sanctionWords[kind]}${fen === null ? '' : ` ${wan(fen)} 万元`}`;

/** Sanctions that have an amount. */
export const hasAmount = (kind: Sanction['kind']): boolean => kind === 'fine' || kind === 'confiscation';

export interface SanctionRow { kind: Sanction['kind']; amount: string }
export const oneSanction: readonly SanctionRow[] = [{ kind: 'warning', amount: '' }];

/** What was filled in, as it is sent, and which amounts are missing. */
export function sanctionsOf(rows: readonly SanctionRow[]): { sanctions: Sanction[]; wrong: FieldError[] } {
  const sanctions = rows.map(({ kind, amount }) => ({ kind, fen: hasAmount(kind) ? fenOfWan(amount) : null }));
  return { sanctions, wrong: sanctions.flatMap(({ kind, fen }, index) => (hasAmount(kind) && !fen ? [{ path: `/sanctions/${index}/fen`, message: `${sanctionWords[kind]}：请填写金额（万元，最多六位小数）` }] : [])) };
}
