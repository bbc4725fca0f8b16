import { decidedByTable, type Of } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import { colourAsked, colourBody, escalationAsked, gradeAsked, levelAsked, redRunAsked, type Asked, type LineYear, type Pack } from '@zhijian/policy';
import type { NewEntry, Run } from './colour.store.js';

/** `context.campaign` is what versions are asked of on a day: the run. */
const of = (run: Pick<Run, 'id' | 'jurisdiction' | 'year'>, kind: Of['kind'], institutionId: string, more: Record<string, unknown>, line?: string): Of => ({
  kind, subject: `${run.id}/${institutionId}${line ? `/${line}` : ''}`, about: [institutionId], jurisdiction: run.jurisdiction, context: { campaign: run.id, year: run.year, ...more },
});

const certify = (tx: Tx, pack: Pack, { decision, inputs }: Asked, what: Of): void => void tx.certify(decidedByTable(pack, decision, inputs, what));

/** Every step from a score and a result to a body's colour, each by the table that took it; `before`: red years up to the year before. */
export function certifyEntry(tx: Tx, pack: Pack, run: Run, entry: NewEntry, before: number): void {
  const { institutionId, revision } = entry;
  for (const line of entry.lines) {
    const year: LineYear = { ...line, because: null };
    certify(tx, pack, gradeAsked(year), of(run, 'grade', institutionId, { revision }, line.line));
    certify(tx, pack, levelAsked(year), of(run, 'level', institutionId, { revision }, line.line));
    certify(tx, pack, colourAsked(line), of(run, 'colour', institutionId, { revision }, line.line));
  }
  certify(tx, pack, colourBody(pack, entry.lines.map((line) => ({ ...line, because: null }))).asked, of(run, 'colour', institutionId, { revision, lines: entry.lines.map(({ line, colour }) => ({ line, colour })) }));
  certify(tx, pack, redRunAsked(entry.colour, before), of(run, 'red-run', institutionId, { revision }));
}

/** How many years in a row a published colour makes, and what so many entail. */
export function certifyRedYears(tx: Tx, pack: Pack, run: Pick<Run, 'id' | 'jurisdiction' | 'year'>, institutionId: string, { colour, before, redYears, revision }: { colour: string | null; before: number; redYears: number; revision: number }): void {
  certify(tx, pack, redRunAsked(colour, before), of(run, 'red-run', institutionId, { counted: revision }));
  certify(tx, pack, escalationAsked(pack, redYears), of(run, 'escalation', institutionId, { counted: revision }));
}
