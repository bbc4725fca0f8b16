import { keyId, signHead, type Frontier, type LogKey, type SignedHead } from '@zhijian/audit';
import type pg from 'pg';
import { LogBroken } from './sealed-tree.js';

/** A room's entry that is not in the log yet: what there is to know of it here. */
interface Waiting { room: string; id: string; leaf: Buffer; xid: string }

/** Of each room at most so many at once. */
const most = 1000;

const ofRoom = (room: string): string => `(select '${room}' as room, e.id, e.leaf, e.xid from "${room}".command_entry e
    left join log_cursor c on c.room = '${room}'
   where e.xid >= coalesce(c.xid, '0') and (c.xid is null or (e.xid, e.id) > (c.xid, c.entry_id)) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
     and not exists (select 1 from log_leaf l where l.entry_id = e.id)
   order by e.xid, e.id limit ${most})`;

/** Entries below the oldest running transaction, in the order of their transactions: nothing comes in among them any more. */
async function waiting(client: pg.ClientBase, rooms: readonly string[]): Promise<Waiting[]> {
  const { rows } = await client.query<Waiting>(`${rooms.map(ofRoom).join(' union all ')} order by xid, room, id`);
  return rows;
}

export interface Merged { head: SignedHead; frontier: Frontier; taken: number; more: boolean }

/**
 * Puts what waits into the log and signs the new head: leaves, subtrees, head and cursors commit together.
 * @returns null when nothing waits
 * @throws LogBroken when the log does not end where the signed tree does
 */
export async function merge(client: pg.ClientBase, { rooms, frontier: before, key, now }: { rooms: readonly string[]; frontier: Frontier; key: LogKey; now: () => string }): Promise<Merged | null> {
  const taken = await waiting(client, rooms);
  if (taken.length === 0) return null;
  const frontier = before.copy();
  const nodes = taken.flatMap(({ leaf }) => frontier.append(leaf));
  const head = signHead({ v: 1, installation: key.installation, size: frontier.size, root: frontier.root.toString('hex'), at: now() }, key);
  await client.query('begin');
  try {
    const { rows: [log] } = await client.query<{ size: string }>('select coalesce(max(idx) + 1, 0) as size from log_leaf');
    if (Number(log!.size) !== before.size) throw new LogBroken(Number(log!.size) < before.size ? 'log-cut' : 'log-rewritten', `${log!.size} entries, ${before.size} were signed`);
    await client.query('insert into log_leaf (idx, room, entry_id, leaf) select $1::bigint + ord - 1, room, id, leaf from unnest($2::text[], $3::uuid[], $4::bytea[]) with ordinality as t(room, id, leaf, ord)',
      [before.size, taken.map(({ room }) => room), taken.map(({ id }) => id), taken.map(({ leaf }) => leaf)]);
    await client.query('insert into log_node (level, idx, hash) select * from unnest($1::int[], $2::bigint[], $3::bytea[])', [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)]);
    await client.query('insert into log_key (key, public_key) values ($1, $2) on conflict do nothing', [keyId(key.publicKey), key.publicKey]);
    const { size, root, at, installation } = head.head;
    await client.query('insert into tree_head (size, root, at, installation, key, signature) values ($1, $2, $3, $4, $5, $6)', [size, root, at, installation, head.key, head.signature]);
    const last = new Map(taken.map((entry) => [entry.room, entry]));
    for (const { room, xid, id } of last.values()) {
      await client.query('insert into log_cursor (room, xid, entry_id) values ($1, $2, $3) on conflict (room) do update set xid = excluded.xid, entry_id = excluded.entry_id', [room, xid, id]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  return { head, frontier, taken: taken.length, more: taken.length >= most };
}
