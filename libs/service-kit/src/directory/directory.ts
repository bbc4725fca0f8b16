import { approversFor, Areas, holdersIn, principalOn, type AppointmentHeld, type Approval, type Approver, type Edge, type Holder, type Identity, type NotAdmitted, type Principal, type Standing } from '@zhijian/access';
import type { AreaLevel, Role } from '@zhijian/contracts';
import { everywhere, within } from '@zhijian/persistence';

/** What the directory reads with: the room's own pool, or a transaction. */
export interface Reading { query<Row>(sql: string, parameters?: unknown[]): Promise<Row> }

const refusals: Record<NotAdmitted | 'account-unknown', string> = {
  'person-disabled': '您的账号已停用，如有疑问请联系安全管理员',
  'no-appointment': '您现在没有有效的任职，请联系所在辖区的安全管理员',
  'account-unknown': '您的账号没有在组织目录中登记，请联系系统管理员',
};

/** A valid token whose bearer may not act now: 403. */
export class NotInDirectory extends Error {
  readonly title: string;
  constructor(readonly code: keyof typeof refusals) {
    super(code);
    this.title = refusals[code];
  }
}

const trustedFor = 1000; // ms between two looks at the epoch: somebody disabled is out within five seconds, the fact's way included
const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const held = `a.id, a.role, a.jurisdiction, case when a.agency_id is not null then jsonb_build_object('id', a.agency_id, 'kind', a.agency_kind) end as agency,
  a.institution_id as "institutionId", a.institution_name as "institutionName", ${day('a.from_on')} as "from", ${day('a.to_on')} as "to", a.state = 'ended' as ended`;

/**
 * Who somebody is today, from the room's own copies. Remembered by account until the epoch says that something changed; no
 * query per request.
 */
export class Directory {
  private epoch = '';
  private checkedAt = 0;
  private checking: Promise<void> | undefined;
  private areas: Promise<Areas> | undefined;
  private standings = new Map<string, Promise<Standing | null>>();
  private principals = new WeakMap<Identity, { on: string; principal: Principal }>();

  /**
   * @param strangers whether an account the directory does not know acts by its token's claims: with the development issuer
   *   only, never in production
   */
  constructor(private readonly reading: Reading, private readonly clock: { now(): string }, private readonly strangers: boolean) {}

  /** @throws NotInDirectory when the bearer may not act now */
  async principalOf(identity: Identity): Promise<Principal> {
    if (Date.now() - this.checkedAt >= trustedFor) await this.look();
    const today = this.clock.now().slice(0, 10);
    const { principals } = this; // what is found now belongs to this epoch
    const known = principals.get(identity);
    if (known?.on === today) return known.principal;
    const standing = await this.standingOf(identity.id);
    const areas = await this.tree();
    const principal = standing ? this.admitted(principalOn(today, identity, standing, areas)) : this.stranger(identity, areas);
    principals.set(identity, { on: today, principal });
    return principal;
  }

  /** Has the next question look at once: this very process changed something. */
  forget(): void {
    this.checkedAt = 0;
  }

  /** The person behind an account, if the directory knows one. */
  async personOf(account: string): Promise<string | null> {
    await this.look();
    return (await this.standingOf(account))?.personId ?? null;
  }

  /** At which level each place is administered, of those the tree knows. */
  async levelsOf(codes: readonly string[]): Promise<Record<string, AreaLevel>> {
    await this.look();
    const areas = await this.tree();
    return Object.fromEntries(codes.flatMap((code) => { const level = areas.levelOf(code); return level ? [[code, level] as const] : []; }));
  }

  /**
   * Who holds one of these offices in a place on a day, by every account they have: whoever was appointed there or above it.
   * Nobody where the directory knows nobody.
   */
  async holdersOf(place: string, offices: readonly Role[], day = this.clock.now().slice(0, 10)): Promise<Holder[]> {
    await this.look();
    const areas = await this.tree();
    const rows = await this.query<(AppointmentHeld & { personId: string; accounts: string[] })[]>(
      `select ${held}, a.person_id as "personId", (select coalesce(array_agg(account order by account), '{}') from account_ref c where c.person_id = a.person_id) as accounts
         from appointment_ref a join person_ref p on p.id = a.person_id where p.state = 'active' and a.state = 'granted' and a.role = any($1)`, [[...offices]]);
    return holdersIn(place, rows, areas, day);
  }

  /** Who approves what this author has drawn up for a place; null where the directory knows no approver. */
  async approversFor(place: string, author: string, approving: readonly Role[] = ['approver']): Promise<Approval | null> {
    await this.look();
    const rows = await this.query<(AppointmentHeld & { personId: string })[]>(
      `select ${held}, a.person_id as "personId" from appointment_ref a join person_ref p on p.id = a.person_id where p.state = 'active' and a.state = 'granted' and a.role = any($1)`, [[...approving]]);
    const known: Approver[] = rows.map(({ personId, ...appointment }) => ({ personId, appointment }));
    return approversFor(place, author, known, await this.tree(), this.clock.now().slice(0, 10), approving);
  }

  /** Who may act where is read for the installation, whoever asks. */
  private query<Rows>(sql: string, parameters: unknown[] = []): Promise<Rows> {
    return within(everywhere, () => this.reading.query<Rows>(sql, parameters));
  }

  private admitted(found: ReturnType<typeof principalOn>): Principal {
    if (!found.ok) throw new NotInDirectory(found.code);
    return found.principal;
  }

  private stranger(identity: Identity, areas: Areas): Principal {
    if (!this.strangers || !identity.role) throw new NotInDirectory('account-unknown');
    return { ...identity, role: identity.role, places: identity.places.map((place) => areas.told(place)) };
  }

  /** Has anything changed? Everybody who asks meanwhile waits for the same answer. */
  private look(): Promise<void> {
    this.checking ??= this.looked().finally(() => { this.checking = undefined; });
    return this.checking;
  }

  private async looked(): Promise<void> {
    const at = Date.now();
    const [row] = await this.query<{ epoch: string }[]>('select epoch::text as epoch from directory_epoch');
    if (row?.epoch !== this.epoch) {
      this.epoch = row?.epoch ?? '';
      this.areas = undefined;
      this.standings = new Map();
      this.principals = new WeakMap();
    }
    this.checkedAt = at;
  }

  private tree(): Promise<Areas> {
    const areas = (this.areas ??= this.readTree());
    areas.catch(() => { this.areas = undefined; });
    return areas;
  }

  private async readTree(): Promise<Areas> {
    const edges = await this.query<Edge[]>(`select child, parent, ${day('from_on')} as "from", ${day('to_on')} as "to" from jurisdiction_edge_ref`);
    const known = await this.query<{ id: string; name: string; level: AreaLevel }[]>('select id, name, level from jurisdiction_ref');
    return new Areas(edges, new Map(known.map(({ id, name }) => [id, name])), new Map(known.map(({ id, level }) => [id, level])));
  }

  private standingOf(account: string): Promise<Standing | null> {
    const known = this.standings.get(account);
    if (known) return known;
    const { standings } = this; // what is read now belongs to this epoch
    const standing = this.readStanding(account);
    if (standings.size >= 5000) standings.clear();
    standings.set(account, standing);
    standing.catch(() => standings.delete(account));
    return standing;
  }

  private async readStanding(account: string): Promise<Standing | null> {
    const [person] = await this.query<{ personId: string; disabled: boolean }[]>(
      `select c.person_id as "personId", coalesce(p.state, 'disabled') = 'disabled' as disabled from account_ref c left join person_ref p on p.id = c.person_id where c.account = $1`, [account]);
    if (!person) return null;
    const appointments = await this.query<AppointmentHeld[]>(`select ${held} from appointment_ref a where a.person_id = $1`, [person.personId]);
    return { ...person, appointments };
  }
}
