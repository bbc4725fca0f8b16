import type { Calendar } from '@zhijian/calendar';
import { ownConflicts } from './conflicts.js';
import { draftFindings } from './draft-findings.js';
import { beforeItsParts, duplicateDeadlines, nobody, noLimit, noYears, outsideStage, overBefore } from './duty-findings.js';
import { answered, asFound, inItsWords, type Finding, type Found } from './finding.js';
import { indicatorFindings } from './indicator-findings.js';
import { inputFindings } from './input-findings.js';
import { lawFindings } from './law-findings.js';
import { nameFindings } from './name-findings.js';
import { ownOf, type Pack } from './pack.js';
import { parentFindings } from './parent-findings.js';
import { unopenedFindings } from './event-findings.js';
import { basisFindings, lapsedByName } from './basis-findings.js';
import { bandFindings, listFindings, noLimitRules, undefinedPeriods, unmappedWords, unequalSums, variantFindings, zeroDenominators } from './rule-findings.js';
import { schemeFindings } from './scheme-findings.js';
import { backwards, daysOff, shortWindow, stagePairs } from './stage-findings.js';
import { tableFindings } from './table-findings.js';

export type { Finding, Severity } from './finding.js';

/**
 * What is contradictory, missing or awkward in a pack, each with the words it is about. General rules that know no document.
 * As printed: before the pack's readings; otherwise a finding that a reading answers is info with a pointer to it.
 */
export function findingsOf(pack: Pack, calendar: Calendar, { asPrinted = false } = {}): Finding[] {
  const own = ownOf(pack);
  const stages = own.campaign?.stages ?? [];
  const found: Found[] = [
    ...duplicateDeadlines(stages), ...stages.flatMap((stage) => stage.duties.flatMap((duty) => [...nobody(pack, stage, duty), ...overBefore(stage, duty)])), ...stages.flatMap((stage) => outsideStage(own, stage)), ...stages.flatMap(backwards), ...beforeItsParts(stages),
    ...noYears(own, stages), ...daysOff(stages, calendar), ...stages.flatMap((stage) => shortWindow(stage, calendar)), ...stagePairs(stages),
    ...undefinedPeriods(own), ...stages.flatMap(noLimit), ...noLimitRules(own), ...zeroDenominators(own), ...variantFindings(own), ...bandFindings(own), ...inputFindings(own, pack), ...schemeFindings(own, pack),
    ...unmappedWords(own, pack), ...unequalSums(own), ...listFindings(own), ...indicatorFindings(own), ...basisFindings(own, pack.laws), ...lapsedByName(own, pack.laws), ...otherTitles(own), ...tableFindings(own), ...ownConflicts(own), ...parentFindings(pack), ...draftFindings(own), ...lawFindings(pack), ...unopenedFindings(own), ...nameFindings(own, pack),
  ];
  const clauses = [pack, ...(pack.laws ?? [])].map((it) => it.clauses);
  return (asPrinted ? asFound(found) : found.map((finding) => answered(finding, pack))).map((it) => inItsWords(it, (id) => clauses.find((all) => Object.hasOwn(all, id))?.[id]?.quote));
}

const otherTitles = (pack: Pack): Found[] => Object.values(pack.forms).flatMap((form) => (form.otherTitles.length > 0
  ? [{ id: `title-differs:${form.id}`, kind: 'title-differs' as const, severity: 'info' as const, clauses: form.clauses, quote: form.otherTitles.join(' … '), message: `表格标题前后不一：表上为“${form.title}”，正文为“${form.otherTitles.join('”“')}”` }] : []));
