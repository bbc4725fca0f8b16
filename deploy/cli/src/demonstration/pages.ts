/** All items of a list. */
export async function everyPage<T>(page: (cursor: string | null) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null; ;) {
    const { items, next }: { items: T[]; next: string | null } = await page(cursor);
    all.push(...items);
    if (!next) return all;
    cursor = next;
  }
}
