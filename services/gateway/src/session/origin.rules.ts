/** What a browser says of where a request comes from. */
export interface Provenance { method: string; fetchSite: string | undefined; origin: string | undefined }

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie may change something: it must come from our own pages. `Sec-Fetch-Site` decides;
 * a browser too old for it sends `Origin`; a request with neither does not come from a browser and should bring a token.
 * @param own the gateway's origin
 */
export function fromOwnPages({ method, fetchSite, origin }: Provenance, own: string): boolean {
  if (reads.has(method)) return true;
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  return origin === own;
}
