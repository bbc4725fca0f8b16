import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { decidedByPerson, decidedByTable } from '@zhijian/audit/rules';
import { newId, refuse, type PolicyRef, type Refused } from '@zhijian/contracts';
import { colourRunOpened, colourRunSigned } from '@zhijian/contracts/facts';
import { everywhere, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { frequenciesFor, type Pack } from '@zhijian/policy';
import { Calendars, Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { certifyEntry } from './colour.evidence.js';
import { acceptRun, colourAll, digestOf, partsOf, secondPerson, type ColourRefusal, type Proposed } from './colour.rules.js';
import { packNamed } from './pack.js';
import { hasInputs, here, keepEntries, keepProposed, managedBodies, packOfRun, redYearsBefore, signedBodies, takenRun, type NewEntry, type Run } from './colour.store.js';

export const policyOf = (run: Pick<Run, 'pack' | 'packVersion'>, clauses: readonly string[]): PolicyRef => ({ pack: run.pack, version: run.packVersion, clauses: [...new Set(clauses)] });

/** A year's colouring of a jurisdiction: opened by one person, previewed as often as wanted, signed by another. */
@Injectable()
export class ColourService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly directory: Directory) {}

  /** Begins the one run of a year; the workflow that follows proposes the colours. */
  async open({ year, pack: name }: { year: number; pack: string }, principal: Principal, by: Caller): Promise<{ runId: string } | Refused> {
    const pack = await packNamed(this.packs, name);
    if ('ok' in pack) return pack;
    const place = pack.jurisdiction;
    return this.uow.run({ ...by, jurisdiction: place, lock: `colour/${place}/${year}` }, async (tx) => {
      const fit = acceptRun({ year, pack, place: inPlace(principal, place), today: tx.now.slice(0, 10) });
      if (!fit.ok) return fit;
      const { basisYear } = fit;
      const [known] = await tx.query<{ id: string }>('select id from colour_run where jurisdiction = $1 and year = $2', [place, year]);
      if (known) return refuse<ColourRefusal>('colour-run-exists', frequenciesFor(pack, { activity: 'colouring' }).flatMap(({ clauses }) => clauses), { year }, { wrongState: true });
      if (!(await hasInputs(tx, place, basisYear))) return refuse<ColourRefusal>('colour-basis-empty', [], { year, basisYear }, { errors: [{ path: '/year', message: `${basisYear} 年度没有评分和比对结果` }] });
      const run = { id: newId(), jurisdiction: place, year, basisYear, pack: pack.id, packVersion: pack.version };
      const calendar = this.calendars.current().version;
      await tx.execute(
        `insert into colour_run (id, jurisdiction, concerns, year, basis_year, pack, pack_version, pack_hash, calendar, opened_at, opened_by)
         select $3, $1, array(select place from ${here} h(place)), $4, $5, $6, $7, $8, $9, $10, $11`,
        [place, tx.now.slice(0, 10), run.id, year, basisYear, pack.id, pack.version, pack.hash, calendar, tx.now, principal.id]);
      const certificate = tx.certify(decidedByTable(pack, 'basis-year', { runYear: year }, { kind: 'basis', subject: run.id, jurisdiction: place, context: { campaign: run.id } }));
      const policy = policyOf(run, certificate.clauses.map(({ id }) => id));
      tx.fact(colourRunOpened, place, { runId: run.id, jurisdiction: place, year, basisYear, policy, calendar }, place);
      tx.note('colour run opened', run.id, policy, { year, basisYear });
      return { runId: run.id };
    });
  }

  /** Computes the preview anew from what is there now. Decides nothing. @param principal null: the workflow asks */
  propose(runId: string, principal: Principal | null, by: Caller): Promise<{ digest: string; determined: number; undetermined: number; pack: string; calendar: string } | Refused> {
    return this.uow.run({ ...by, scope: everywhere }, async (tx) => {
      const { run, pack } = await this.taken(tx, runId, principal);
      const proposed = await this.proposed(tx, run, pack);
      const digest = digestOf(proposed);
      await keepProposed(tx, run, proposed, digest, principal?.id ?? null);
      const determined = proposed.filter(({ colour }) => colour !== null).length;
      tx.note('colours proposed', run.id, policyOf(run, []), { digest, determined, undetermined: proposed.length - determined }, run.jurisdiction);
      return { digest, determined, undetermined: proposed.length - determined, pack: `${run.pack}@${run.packVersion}`, calendar: run.calendar };
    });
  }

  /**
   * A second person signs what the preview determined and nobody has signed yet; what is undetermined waits for a supplement.
   * Everything is computed again first: what is signed is what was seen.
   */
  sign(runId: string, seen: string, principal: Principal, by: Caller): Promise<{ signed: number } | Refused> {
    return this.uow.run({ ...by, scope: everywhere }, async (tx): Promise<{ signed: number } | Refused> => {
      const { run, pack } = await this.taken(tx, runId, principal);
      const account = run.state === 'proposed' ? run.openedBy : run.proposedBy ?? run.openedBy;
      const personId = await this.directory.personOf(account);
      const no = secondPerson(principal, { account, personId }, run.jurisdiction, await this.directory.approversFor(run.jurisdiction, personId ?? ''));
      if (no) return no;
      if (run.digest === null) return refuse<ColourRefusal>('colour-not-proposed', [], {}, { wrongState: true });
      if (run.digest !== seen) return refuse<ColourRefusal>('colour-preview-stale', [], {}, { wrongState: true });
      const proposed = await this.proposed(tx, run, pack);
      if (digestOf(proposed) !== seen) return refuse<ColourRefusal>('colour-inputs-changed', [], {}, { wrongState: true });
      const before = await signedBodies(tx, run.id);
      const open = proposed.filter(({ institutionId }) => (before.get(institutionId)?.colour ?? null) === null);
      const entries = open.filter(({ colour }) => colour !== null).map((one): NewEntry => ({ ...one, revision: (before.get(one.institutionId)?.revision ?? 0) + 1 }));
      if (entries.length === 0) return refuse<ColourRefusal>('colour-nothing-to-sign', [], {}, { wrongState: true });
      await this.signed(tx, run, pack, entries, open.filter(({ colour }) => colour === null), principal);
      return { signed: entries.length };
    });
  }

  /** Rows, facts in parts, certificates of a signature. */
  private async signed(tx: Tx, run: Run, pack: Pack, entries: readonly NewEntry[], undetermined: readonly Proposed[], principal: Principal): Promise<void> {
    const digest = digestOf(entries);
    const missing = undetermined.map(({ institutionId, lines }) => ({ institutionId, missing: [...new Set(lines.flatMap((line) => line.missing))] }));
    await keepEntries(tx, run, entries, { because: 'run', correctionId: null });
    await tx.execute('insert into colour_signature (id, run_id, jurisdiction, digest, bodies, undetermined, signed_at, signed_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), run.id, run.jurisdiction, digest, entries.length, JSON.stringify(missing), tx.now, principal.id]);
    await tx.execute(`update colour_run set state = case state when 'proposed' then 'signed' else state end, signed_at = coalesce(signed_at, $2), signed_by = coalesce(signed_by, $3), version = version + 1 where id = $1`, [run.id, tx.now, principal.id]);
    const redBefore = await redYearsBefore(tx, this.packs, run);
    for (const entry of entries) certifyEntry(tx, pack, run, entry, redBefore(entry.institutionId));
    const policy = policyOf(run, entries.flatMap(({ clauses }) => clauses));
    const ofRun = { runId: run.id, jurisdiction: run.jurisdiction, year: run.year, basisYear: run.basisYear };
    const parts = partsOf(entries);
    parts.forEach((part, at) => tx.fact(colourRunSigned, run.jurisdiction, {
      ...ofRun, part: at + 1, parts: parts.length, count: entries.length, undetermined: undetermined.length, digest, policy,
      entries: part.map(({ institutionId, colour, redYears, lines, clauses, revision }) => ({ institutionId, colour: colour!, redYears, lines: [...lines], clauses: [...clauses], revision })),
    }, run.jurisdiction));
    tx.certify(decidedByPerson(pack, {
      kind: 'approval', subject: run.id, jurisdiction: run.jurisdiction, clauses: policy.clauses, calendar: run.calendar,
      inputs: { year: run.year, basisYear: run.basisYear, openedBy: run.openedBy, digest, undetermined: missing }, outcome: { signed: entries.length, colours: tallied(entries) },
    }));
    tx.note('colours signed', run.id, policy, { digest, signed: entries.length, undetermined: undetermined.length, colours: tallied(entries) }, run.jurisdiction);
  }

  private async proposed(tx: Tx, run: Run, pack: Pack): Promise<Proposed[]> {
    return colourAll(pack, await managedBodies(tx, pack, run), await redYearsBefore(tx, this.packs, run));
  }

  /** Inputs lie in several places' rows; whoever asks must be of the run's place, and then all of them count. */
  private async taken(tx: Tx, runId: string, principal: Principal | null): Promise<{ run: Run; pack: Pack }> {
    const run = await takenRun(tx, runId);
    if (!run || (principal && !inPlace(principal, run.jurisdiction))) throw notFound('这个年度的赋色');
    return { run, pack: await packOfRun(this.packs, run) };
  }
}

export function tallied(entries: readonly { colour: string | null }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { colour } of entries) counts[colour ?? 'none'] = (counts[colour ?? 'none'] ?? 0) + 1;
  return counts;
}
