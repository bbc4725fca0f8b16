import type { RoomPart } from '@zhijian/audit/bundle';
import { Missing, setting } from '@zhijian/service-kit';

const rooms = { inspection: '监督检查', qualification: '机构资质', publication: '公示', 'quality-control': '质量控制' } as const;
export type AskedRoom = keyof typeof rooms;

/** So many bodies fit into one address. */
const atOnce = 150;

/** Asks the rooms for their parts of a case, with the token of the auditor who asks: nothing is read that this person may not read. */
export class RoomsBehind {
  constructor(private readonly addressOf: (room: AskedRoom) => string = (room) => setting(`${room.toUpperCase().replaceAll('-', '_')}_URL`)) {}

  /** @throws Missing 503 when a room does not answer: half a file is none */
  async parts(asked: { campaignId: string; unit: string }, authorization: string): Promise<RoomPart[]> {
    const inspection = await this.part('inspection', asked, [], authorization);
    const bodies = (inspection.rows['member'] ?? []).map(({ institutionId }) => String(institutionId));
    const others = await Promise.all((['qualification', 'publication', 'quality-control'] as const).map((room) => this.part(room, asked, bodies, authorization)));
    return [inspection, ...others];
  }

  private async part(room: AskedRoom, asked: { campaignId: string; unit: string }, bodies: readonly string[], authorization: string): Promise<RoomPart> {
    const answers: RoomPart[] = [];
    for (let at = 0; at === 0 || at < bodies.length; at += atOnce) {
      const query = new URLSearchParams({ ...asked, ...(bodies.length ? { institutions: bodies.slice(at, at + atOnce).join(',') } : {}) });
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
