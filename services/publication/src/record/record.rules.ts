import type { InstitutionRef, QualificationLine, Suspension } from '@zhijian/contracts/facts';

/** A qualification as the public may see it. `ended`: how it ended before its printed day; `to` is then its last. `suspended`: while it gives no right to serve. */
export interface PublicLine { kind: string; number: string | null; issuer: string | null; from: string | null; to: string | null; ended: string | null; suspended: Suspension | null; categories: string[]; items: string[] }

/** What the public may see of an institution (职业健康检查管理办法 art. 4: name, address, categories and items of the filing), and the qualifications it was granted. */
export interface PublicContent {
  creditCode: string; name: string; kind: string; jurisdiction: string; address: string; categories: string[]; items: string[];
  outreach: boolean; filedOn: string | null; filingClosedOn: string | null; invented: boolean; lines: PublicLine[];
}

/** What stands where a body has qualifications and no filing. */
const unfiled = { categories: [], items: [], outreach: false, filedOn: null, filingClosedOn: null };

/** The same as a rule that travels with the certificate of each publication: which field of the register is public under which name. */
export const publicRule = {
  law: '职业健康检查管理办法 第四条',
  institution: { creditCode: 'creditCode', name: 'name', kind: 'kind', jurisdiction: 'jurisdiction', address: 'address', invented: 'invented' },
  filing: { categories: 'categories', items: 'items', outreach: 'outreach', filedOn: 'filedOn', closedOn: 'filingClosedOn' },
  lines: { kind: 'kind', number: 'number', issuer: 'issuer', from: 'from', to: 'to', ended: 'ended', suspended: 'suspended', categories: 'categories', items: 'items' },
  unfiled,
} as const;

const shown = ({ kind, number, issuer, from, to, ended, suspended, categories, items }: QualificationLine): PublicLine => ({ kind, number, issuer, from, to, ended: ended ?? null, suspended: suspended ?? null, categories: categories ?? [], items: items ?? [] });

/**
 * The qualifications that are recorded line by line. The register names beside them the one its kind stands for: as its filing
 * says, which is public as such, or with nothing said, and then nobody has granted anything.
 */
export function publicLines({ kind, filing, lines = [] }: Pick<InstitutionRef, 'kind' | 'filing' | 'lines'>): PublicLine[] {
  const implied = shown({ kind, number: filing?.number ?? null, issuer: null, from: filing?.filedOn ?? null, to: filing?.closedOn ?? null });
  return lines.map(shown).filter((line) => JSON.stringify(line) !== JSON.stringify(implied));
}

/** The public part of an institution; null while it has neither filed nor been granted anything. A closed filing stays public, as closed. */
export function publicContent(ref: InstitutionRef): PublicContent | null {
  const { creditCode, name, kind, jurisdiction, address, invented, filing } = ref;
  const lines = publicLines(ref);
  if (!filing && lines.length === 0) return null;
  const filed = filing ? { categories: filing.categories, items: filing.items, outreach: filing.outreach, filedOn: filing.filedOn, filingClosedOn: filing.closedOn } : unfiled;
  return { creditCode, name, kind, jurisdiction, address, ...filed, invented, lines };
}
