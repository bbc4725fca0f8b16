/** The address of the same page with something else chosen; what is chosen besides, such as the year, stays. */
export function searchWith(search: URLSearchParams, changes: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) next.set(name, value);
  return `?${next.toString()}`;
}
