import { Injectable } from '@nestjs/common';
import { inPlace, rightOf, type Principal } from '@zhijian/access';
import { decidedByPerson, decidedByTable } from '@zhijian/audit/rules';
import { newId, refuse, roles, type Refused } from '@zhijian/contracts';
import { checkRecorded } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { decide } from '@zhijian/policy';
import { Directory, PackShelf } from '@zhijian/service-kit';
import { inspectorsRefused, type VisitRefusal } from '../visit/visit.rules.js';
import { acceptCheck, type CheckRefusal } from './check.rules.js';

type Body = BodyOf<typeof inspection.recordCheck>;
interface Ground { place: string | null; pack: string | null; version: number | null; managed: boolean; colour: string | null }

/** Offices whose holders make checks: those to whom the reviewed table grants it. */
const enforcing = roles.filter((role) => rightOf(role, inspection.recordCheck));

/** By what a check of a body on a day goes: the year's pack or the last one before, and the colour that applied. */
const ground = `select (select jurisdiction from institution_ref where institution_id::text = $1) as place, y.pack, y.pack_version as version, q.institution_id is not null as managed, q.colour
   from (select 1) one
   left join lateral (select pack, pack_version from colour_year where jurisdiction = $2 and year <= $3 order by year desc limit 1) y on true
   left join check_quota q on q.institution_id::text = $1 and q.jurisdiction = $2 and q.year = $3`;

/** Checks on site outside a campaign: those a colour demands, and those a complaint demands whatever the colour. */
@Injectable()
export class CheckService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly directory: Directory) {}

  record(body: Body, principal: Principal, by: Caller): Promise<{ checkId: string } | Refused<CheckRefusal | VisitRefusal>> {
    return this.uow.run(by, async (tx) => {
      const year = Number(body.visitedOn.slice(0, 4));
      const [at] = await tx.query<Ground>(ground, [body.institutionId, body.jurisdiction, year]);
      const place = at?.place;
      if (!at || !place) return refuse<CheckRefusal>('check-institution-unknown', [], {}, { errors: [{ path: '/institutionId', message: '名录中没有这家机构' }] });
      const acting = [body.jurisdiction, place].find((code) => inPlace(principal, code));
      if (!acting) return refuse<CheckRefusal>('check-elsewhere');
      if (!at.pack) return refuse<CheckRefusal>('check-year-unknown', [], { jurisdiction: body.jurisdiction, year }, { errors: [{ path: '/jurisdiction', message: '没有开展分色管理' }] });
      const pack = await this.packs.get(`${at.pack}@${at.version}`);
      const colour = at.colour ?? 'none';
      const ruling = Object.hasOwn(pack.decisions, 'site-check') ? decide<string>(pack, 'site-check', { origin: body.origin, colour }) : null;
      const clauses = ruling?.clauses.map(({ id }) => id) ?? [];
      const fit = acceptCheck(body, { today: tx.now.slice(0, 10), managed: at.managed, year, clauses });
      if (!fit.ok) return fit;
      const unfit = inspectorsRefused(body.inspectors, await this.directory.holdersOf(acting, enforcing, body.visitedOn));
      if (unfit) return unfit;
      const checkId = newId();
      const policy = { pack: pack.id, version: pack.version, clauses };
      await written(tx, { ...body, checkId, place, year, colour: at.colour, ruling: ruling?.value ?? null, policy });
      const what = { kind: 'check', subject: checkId, about: [body.institutionId], jurisdiction: body.jurisdiction, context: { year, visitedOn: body.visitedOn, problems: body.problems.length } } as const;
      tx.certify(ruling ? decidedByTable(pack, 'site-check', { origin: body.origin, colour }, what) : decidedByPerson(pack, { ...what, inputs: { origin: body.origin }, outcome: body.origin }));
      tx.fact(checkRecorded, body.institutionId, { checkId, institutionId: body.institutionId, jurisdiction: body.jurisdiction, year, origin: body.origin, visitedOn: body.visitedOn, problems: body.problems.length, policy }, body.jurisdiction);
      tx.note('check recorded', checkId, policy, { institution: body.institutionId, origin: body.origin, visitedOn: body.visitedOn, problems: body.problems.length, inspectors: body.inspectors }, body.jurisdiction);
      return { checkId };
    });
  }
}

interface Written extends Body { checkId: string; place: string; year: number; colour: string | null; ruling: string | null; policy: { pack: string; version: number; clauses: string[] } }

const written = (tx: Tx, c: Written): Promise<number> => tx.execute(
  `insert into check_record (id, institution_id, jurisdiction, place, year, origin, visited_on, inspectors, problems, result, complaint, colour, ruling, pack, pack_version, clauses, recorded_at, recorded_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
  [c.checkId, c.institutionId, c.jurisdiction, c.place, c.year, c.origin, c.visitedOn, JSON.stringify(c.inspectors), JSON.stringify(c.problems), c.result, c.complaint, c.colour, c.ruling, c.policy.pack, c.policy.version, JSON.stringify(c.policy.clauses), tx.now, tx.by.actor]);
