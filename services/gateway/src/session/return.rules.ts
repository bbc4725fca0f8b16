const here = 'http://here.invalid';

/** Where to go after the sign-in: a path of this very address, otherwise its first page. Never another site. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || wanted.length > 2000) return '/';
  const url = URL.parse(wanted, here);
  if (!url || url.origin !== here || url.pathname.startsWith('/auth/') || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
