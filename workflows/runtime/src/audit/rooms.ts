import { homeOf, learntFrom, type AuditedCase, type Learnt, type NamedCase, type RoomPart } from '@zhijian/audit/bundle';
import { Missing, setting } from '@zhijian/service-kit';

const rooms = { inspection: '监督检查', qualification: '机构资质', publication: '公示', 'quality-control': '质量控制' } as const;
export type AskedRoom = keyof typeof rooms;

const nothing: Learnt = { runs: [], basisYear: null, institutions: [], matters: [] };
/** So many bodies fit into one address. */
const atOnce = 150;

/** Asks the rooms for their parts of a case, with the token of the auditor who asks: nothing is read that this person may not read. */
export class RoomsBehind {
  constructor(private readonly addressOf: (room: AskedRoom) => string = (room) => setting(`${room.toUpperCase().replaceAll('-', '_')}_URL`)) {}

  /**
   * The room that knows whom the case is about is asked first, then all with what it said.
   * @throws Missing 503 when a room does not answer: half a file is none
   */
  async parts(named: NamedCase, authorization: string): Promise<{ parts: RoomPart[]; learnt: Learnt }> {
    const home = homeOf(named);
    const first = await this.part(home, { ...named, ...nothing }, authorization);
    const learnt = learntFrom(first);
    const asked = { ...named, ...learnt };
    const others = (Object.keys(rooms) as AskedRoom[]).filter((room) => named.kind !== 'campaign' || room !== home); // a campaign's rows have said all
    const parts = await Promise.all(others.map((room) => this.part(room, asked, authorization)));
    return { parts: named.kind === 'campaign' ? [first, ...parts] : parts, learnt };
  }

  private async part(room: AskedRoom, { workflowId, runs, basisYear, institutions, matters }: AuditedCase, authorization: string): Promise<RoomPart> {
    const answers: RoomPart[] = [];
    for (let at = 0; at === 0 || at < Math.max(institutions.length, matters.length); at += atOnce) {
      const [some, cases] = [institutions, matters].map((ids) => ids.slice(at, at + atOnce).join(','));
      const query = new URLSearchParams({ workflowId, ...(runs.length && { runs: runs.join(',') }), ...(basisYear !== null && { basisYear: String(basisYear) }), ...(some && { institutions: some }), ...(cases && { matters: cases }) });
      const answer = await fetch(`${this.addressOf(room)}/api/v1/audit/parts/${room}?${query.toString()}`, { headers: { authorization }, signal: AbortSignal.timeout(15_000) }).catch(() => undefined);
      if (!answer?.ok) throw new Missing('room-silent', `${rooms[room]}服务没有给出它的记录，请稍后再试`, 503);
      answers.push((await answer.json()) as RoomPart);
    }
    return answers.reduce(joined);
  }
}

/** Two answers of one room as one; what both have stands once. */
function joined(one: RoomPart, other: RoomPart): RoomPart {
  const once = <T>(all: T[], key: (it: T) => string): T[] => [...new Map(all.map((it) => [key(it), it])).values()];
  const tables = [...new Set([...Object.keys(one.rows), ...Object.keys(other.rows)])];
  return {
    room: one.room,
    entries: once([...one.entries, ...other.entries], ({ id }) => id), certificates: once([...one.certificates, ...other.certificates], ({ id }) => id),
    ruleTexts: once([...one.ruleTexts, ...other.ruleTexts], ({ sha256 }) => sha256), facts: once([...one.facts, ...other.facts], ({ id }) => id),
    rows: Object.fromEntries(tables.map((table) => [table, once([...(one.rows[table] ?? []), ...(other.rows[table] ?? [])], (row) => JSON.stringify(row))])),
  };
}
