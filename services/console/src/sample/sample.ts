import type { Answer } from '@zhijian/web';

type Draw = Answer<'getSample'>['draws'][number];

/** What anybody needs to draw again, as `draw verify` reads it. */
export const recordOf = ({ algorithm, seed, pool, poolSha256, size, result }: Draw) => ({ algorithm, seed, pool, poolSha256, size, result });

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Draws again from seed and pool: rank by SHA-256 of seed and id, the first of them. True where pool and result agree. */
export async function checked({ seed, pool, poolSha256, size, result }: Omit<Draw, 'stratum' | 'drawnAt' | 'algorithm'>): Promise<boolean> {
  const listed = [...pool].sort((a, b) => (a < b ? -1 : 1)).map((id) => `${id}\n`).join('');
  if ((await sha256(listed)) !== poolSha256) return false;
  const ranked = await Promise.all(pool.map(async (id) => ({ id, rank: await sha256(`${seed}\n${id}`) })));
  const again = ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size).map(({ id }) => id);
  return again.length === result.length && again.every((id, at) => id === result[at]);
}
