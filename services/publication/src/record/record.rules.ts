import type { InstitutionRef } from '@zhijian/contracts/facts';

/** What the public may see of an institution (职业健康检查管理办法 art. 4: name, address, categories and items of the filing). */
export interface PublicContent {
  creditCode: string; name: string; kind: string; jurisdiction: string; address: string; categories: string[]; items: string[];
  outreach: boolean; filedOn: string; filingClosedOn: string | null; invented: boolean;
}

/** The same as a rule that travels with the certificate of each publication: which field of the register is public under which name. */
export const publicRule = {
  law: '职业健康检查管理办法 第四条',
  institution: { creditCode: 'creditCode', name: 'name', kind: 'kind', jurisdiction: 'jurisdiction', address: 'address', invented: 'invented' },
  filing: { categories: 'categories', items: 'items', outreach: 'outreach', filedOn: 'filedOn', closedOn: 'filingClosedOn' },
} as const;

/** The public part of an institution; null while it has never filed. A closed filing stays public, as closed. */
export function publicContent({ creditCode, name, kind, jurisdiction, address, invented, filing }: InstitutionRef): PublicContent | null {
  if (!filing) return null;
  const { categories, items, outreach, filedOn, closedOn } = filing;
  return { creditCode, name, kind, jurisdiction, address, categories, items, outreach, filedOn, filingClosedOn: closedOn, invented };
}
