import { sanctionWords, wan, type Answer } from '@zhijian/web';

export type CaseFile = Answer<'listCases'>['items'][number];
export type Sanction = CaseFile['sanctions'][number];

/** A sanction in words, money in ten thousand yuan: `罚款 1.5 万元`. */
export const sanctionSentence = ({ kind, fen }: Sanction): string => `${sanctionWords[kind]}${fen === null ? '' : ` ${wan(fen)} 万元`}`;

/** Sanctions that have an amount. */
export const hasAmount = (kind: Sanction['kind']): boolean => kind === 'fine' || kind === 'confiscation';
