import type { Certificate } from '@zhijian/audit';
import { groundless } from '@zhijian/policy';

type Seen = Pick<Certificate, 'kind' | 'determined' | 'pack' | 'reason'>;

/** Decisions that may rest on no quoted clause, while the certificate says so itself. Whatever is not named here needs a pack and words. */
const mayBeGroundless: Readonly<Partial<Record<Certificate['kind'], string>>> = {
  publication: 'the register was public before the regulation of 2019 that is known by its words',
  filing: 'what orders filings is known without its words; qualifications before December 2023 likewise',
  closure: '注销 and 吊销 are known without their words',
  operation: 'of bodies other than those whose supervision is quoted',
  suspension: 'of bodies other than those whose supervision is quoted',
  resumption: 'of bodies other than those whose supervision is quoted',
  circular: 'no text that is known orders a circular outside a campaign',
};
const admitted = Object.values(groundless);

/** Why a certificate may stand without a quoted clause; null where nothing excuses it. */
export function whyGroundless({ kind, determined, pack, reason }: Seen): string | null {
  if (!determined && pack && reason) return 'nothing decided: the certificate says what was missing';
  return (mayBeGroundless[kind] !== undefined && admitted.some((sentence) => reason?.startsWith(sentence)) && mayBeGroundless[kind]) || null;
}
