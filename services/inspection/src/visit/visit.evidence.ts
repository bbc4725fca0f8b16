import { sha256 } from '@zhijian/audit';
import { decidedByPerson, decidedByRule, decidedByTable, type Of } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import type { Checklist, DrawRecord, Pack } from '@zhijian/policy';
import type { SelfCheckItem } from '../self-check/self-check.entity.js';
import { certifyCircumstance } from '../supervision/judgement.evidence.js';
import type { Judged, Verification, Visit } from './visit.entity.js';
import { acceptedDay, caseInputs, offencesOf, verificationInputs, type Found } from './visit.rules.js';

type Visited = Pick<Visit, 'id' | 'campaignId' | 'unit' | 'institutionId' | 'visitOn' | 'kind' | 'clauses'>;
const whatOf = ({ id, campaignId, unit, institutionId }: Visited): Omit<Of, 'kind'> =>
  ({ subject: id, ...(institutionId && { about: [institutionId] }), jurisdiction: unit, context: { campaign: campaignId, unit } });
const also = (what: Omit<Of, 'kind'>, ids: readonly string[]): Omit<Of, 'kind'> => ({ ...what, about: [...(what.about ?? []), ...ids] });

/** A draw of archives; how many was said by the officers, the text says how many at least. */
export function certifyDraw(tx: Tx, pack: Pack, visit: Visited, drawId: string, record: DrawRecord, { min, clauses }: { min: number; clauses: readonly string[] }): void {
  tx.certify(decidedByRule(pack, {
    ...also(whatOf(visit), [drawId]), kind: 'draw', form: 'draw', name: 'archiveSample', text: { algorithm: record.algorithm, size: null, rounding: 'up', min }, inputs: { seed: record.seed, pool: [...record.pool], size: record.size }, clauses,
  }));
}

/** What orders the visit, and of each finding what the list of the visit rests it on. */
const restsOn = ({ clauses }: Visited, findings: readonly Found[], checklist: Checklist | undefined): string[] =>
  [...clauses, ...findings.flatMap(({ checklistItem }) => checklist?.items.find(({ id }) => id === checklistItem)?.clauses ?? [])];

export interface Outcome { checklist: Checklist | undefined;  items: readonly SelfCheckItem[]; verifications: readonly Verification[]; findings: readonly Found[]; judged: readonly Judged[]; caseId: string | null }

/** What a visit came to: each item verified, what was found, whether a case must be filed, and how it is to be judged. */
export function certifyVisit(tx: Tx, pack: Pack, visit: Visited, { checklist, items, verifications, findings, judged, caseId }: Outcome): void {
  const what = whatOf(visit);
  const asked = items.map((item) => ({ itemId: item.itemId, inputs: verificationInputs(acceptedDay(item), verifications.find(({ itemId }) => itemId === item.itemId)?.corrected ?? null, visit.visitOn) }));
  for (const alike of Map.groupBy(asked, ({ inputs }) => JSON.stringify(inputs)).values()) {
    tx.certify(decidedByTable(pack, 'item-verification', alike[0]!.inputs, { ...also(what, alike.map(({ itemId }) => itemId)), kind: 'verification' }));
  }
  tx.certify(decidedByPerson(pack, {
    ...also(what, findings.map(({ findingId }) => findingId)), kind: 'finding', clauses: restsOn(visit, findings, checklist), inputs: { visitOn: visit.visitOn, kind: visit.kind, judged: judged.map(({ kind, reason }) => ({ kind, reasonSha256: sha256(reason) })) },
    outcome: findings.map(({ findingId, kind, serious, checklistItem, class: offence, selfReported, text }) => ({ findingId, kind, serious, checklistItem, class: offence, selfReported, textSha256: sha256(text) })),
  }));
  const of = caseId ? also(what, [caseId]) : what;
  tx.certify(decidedByTable(pack, 'case-filing', caseInputs(verifications, findings), { ...of, kind: 'case-filing' }));
  if (caseId) certifyCircumstance(tx, pack, offencesOf(verifications, findings), judged.map(({ kind }) => kind), of);
}
