import { byCodePoint, sha256 } from './digest.js';

/** A random draw that anybody can compute again from this record alone. */
export interface DrawRecord {
  readonly algorithm: 'sha256-rank-1';
  readonly seed: string;
  readonly pool: readonly string[];
  /** SHA-256 over the ids sorted by code point, each followed by a line feed. */
  readonly poolSha256: string;
  readonly size: number;
  /** The drawn ids in rank order. */
  readonly result: readonly string[];
}

export type DrawRefusalCode = 'draw-seed-empty' | 'draw-id-empty' | 'draw-id-twice' | 'draw-size-invalid';
export const drawRefusalSentences = {
  'draw-seed-empty': '抽取种子为空',
  'draw-id-empty': '抽取名单中有空编号',
  'draw-id-twice': '抽取名单中有重复编号',
  'draw-size-invalid': '抽取数量须为整数，且不超过名单总数',
} satisfies Record<DrawRefusalCode, string>;
export interface DrawRefusal { readonly ok: false; readonly code: DrawRefusalCode; readonly message: string; readonly facts: { readonly ids: readonly string[] } }

export interface DrawInput { readonly seed: string; readonly pool: readonly string[]; readonly size: number }

/** The hash by which a pool is committed to before its seed is known. */
export const poolHash = (pool: readonly string[]): string => sha256([...pool].sort(byCodePoint).map((id) => `${id}\n`).join(''));

/** Draws `size` ids: ranked by SHA-256 of seed, line feed and id, ascending, the first ones are drawn. Refuses duplicate ids. */
export function drawSample({ seed, pool, size }: DrawInput): { ok: true; record: DrawRecord } | DrawRefusal {
  if (seed === '') return refuse('draw-seed-empty');
  if (pool.includes('')) return refuse('draw-id-empty');
  return draw({ seed, pool, size });
}

/** The algorithm itself, which also recomputes what others have drawn. */
function draw({ seed, pool, size }: DrawInput): { ok: true; record: DrawRecord } | DrawRefusal {
  const twice = repeated(pool);
  if (twice.length > 0) return refuse('draw-id-twice', twice);
  if (!Number.isSafeInteger(size) || size < 0 || size > pool.length) return refuse('draw-size-invalid');
  return { ok: true, record: { algorithm: 'sha256-rank-1', seed, pool: [...pool], poolSha256: poolHash(pool), size, result: rank(seed, pool).slice(0, size) } };
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.has(id) || !seen.add(id)))];
}

const rank = (seed: string, pool: readonly string[]): string[] =>
  pool.map((id) => ({ id, hash: sha256(`${seed}\n${id}`) })).sort((a, b) => (a.hash < b.hash ? -1 : 1)).map(({ id }) => id);

const refuse = (code: DrawRefusalCode, ids: readonly string[] = []): DrawRefusal => ({ ok: false, code, message: drawRefusalSentences[code], facts: { ids } });

export interface DrawVerdict { readonly ok: boolean; readonly mismatches: readonly { readonly field: string; readonly message: string; readonly recorded?: unknown; readonly recomputed?: unknown }[] }

/** Recomputes a draw from its record alone. Takes whatever a file holds; gives every difference. */
export function verifyDraw(record: unknown): DrawVerdict {
  const malformed = shapeFaults(record);
  if (malformed.length > 0) return { ok: false, mismatches: malformed };
  const { seed, pool, size, poolSha256, result } = record as DrawRecord;
  const drawn = draw({ seed, pool, size });
  if (!drawn.ok) return { ok: false, mismatches: [{ field: drawn.code === 'draw-size-invalid' ? 'size' : 'pool', message: drawn.message, recorded: drawn.facts.ids }] };
  const mismatches = [];
  if (poolSha256 !== drawn.record.poolSha256) mismatches.push({ field: 'poolSha256', message: '名单与其摘要不符', recorded: poolSha256, recomputed: drawn.record.poolSha256 });
  if (JSON.stringify(result) !== JSON.stringify(drawn.record.result)) mismatches.push({ field: 'result', message: '抽取结果与重新计算的不符', recorded: result, recomputed: drawn.record.result });
  return { ok: mismatches.length === 0, mismatches };
}

function shapeFaults(record: unknown): { field: string; message: string }[] {
  if (typeof record !== 'object' || record === null) return [{ field: '', message: '不是抽取记录' }];
  const it = record as Record<string, unknown>;
  const texts = (value: unknown) => Array.isArray(value) && value.every((id) => typeof id === 'string');
  return [
    it['algorithm'] === 'sha256-rank-1' ? [] : [{ field: 'algorithm', message: '未知的抽取算法' }],
    typeof it['seed'] === 'string' ? [] : [{ field: 'seed', message: '应为文本' }],
    texts(it['pool']) ? [] : [{ field: 'pool', message: '应为编号的列表' }],
    typeof it['poolSha256'] === 'string' ? [] : [{ field: 'poolSha256', message: '应为文本' }],
    typeof it['size'] === 'number' ? [] : [{ field: 'size', message: '应为整数' }],
    texts(it['result']) ? [] : [{ field: 'result', message: '应为编号的列表' }],
  ].flat();
}
