import { plain } from './search.js';
import type { After } from './search.js';

interface Named { readonly name: string; readonly creditCode: string }

const gram = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
const before = (a: Named, b: Named): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.creditCode < b.creditCode ? -1 : a.creditCode > b.creditCode ? 1 : 0);
/** More codes than these are looked through in the order of names instead of being sorted into it. */
const many = 4096;

/**
 * Names and codes of one version, found by any two neighbouring signs: for each pair the places of the names that hold it,
 * in the order of names. A search goes through the shortest of its pairs' lists and stops at a page.
 */
export class NameIndex<T extends Named> {
  private readonly sorted: readonly T[];
  private readonly names: readonly string[];
  private readonly grams = new Map<number, Uint32Array>();
  private readonly byCode: Uint32Array;

  constructor(entries: readonly T[]) {
    this.sorted = [...entries].sort(before);
    this.names = this.sorted.map(({ name }) => plain(name));
    const counts = new Map<number, number>();
    const each = (take: (pair: number, place: number) => void) => this.names.forEach((name, place) => { for (let at = 0; at + 1 < name.length; at += 1) take(gram(name, at), place); });
    each((pair) => counts.set(pair, (counts.get(pair) ?? 0) + 1));
    const used = new Map<number, number>();
    for (const [pair, count] of counts) this.grams.set(pair, new Uint32Array(count));
    each((pair, place) => {
      const list = this.grams.get(pair)!;
      const at = used.get(pair) ?? 0;
      if (at > 0 && list[at - 1] === place) return; // twice in one name
      list[at] = place;
      used.set(pair, at + 1);
    });
    for (const [pair, count] of used) if (count < this.grams.get(pair)!.length) this.grams.set(pair, this.grams.get(pair)!.slice(0, count));
    this.byCode = Uint32Array.from(this.sorted.keys()).sort((a, b) => (this.sorted[a]!.creditCode < this.sorted[b]!.creditCode ? -1 : this.sorted[a]!.creditCode > this.sorted[b]!.creditCode ? 1 : 0));
  }

  /** Those whose name holds the text or whose code begins with it, in the order of names; all, without a text. */
  find(typed: string | null, limit: number, after: After | null): T[] {
    const start = after ? this.placeAfter(after) : 0;
    const words = typed === null ? null : plain(typed);
    const found: T[] = [];
    for (const place of words === null ? this.all(start) : this.places(words, start)) {
      found.push(this.sorted[place]!);
      if (found.length === limit) break;
    }
    return found;
  }

  private *all(start: number): Generator<number> {
    for (let place = start; place < this.sorted.length; place += 1) yield place;
  }

  private *places(words: string, start: number): Generator<number> {
    const [low, high] = /^[0-9A-Z]+$/.test(words) ? this.codesFrom(words) : [0, 0];
    if (high - low > many) {
      for (const place of this.all(start)) if (this.names[place]!.includes(words) || this.sorted[place]!.creditCode.startsWith(words)) yield place;
      return;
    }
    const codes = [...this.byCode.subarray(low, high)].filter((place) => place >= start).sort((a, b) => a - b);
    let next = 0;
    for (const place of this.holding(words, start)) {
      while (next < codes.length && codes[next]! < place) yield codes[next++]!;
      if (codes[next] === place) next += 1;
      yield place;
    }
    while (next < codes.length) yield codes[next++]!;
  }

  /** Places of names that hold the words, by the rarest pair of them. */
  private *holding(words: string, start: number): Generator<number> {
    let rarest: Uint32Array | undefined;
    for (let at = 0; at + 1 < words.length; at += 1) {
      const list = this.grams.get(gram(words, at));
      if (!list) return;
      if (!rarest || list.length < rarest.length) rarest = list;
    }
    if (!rarest) return;
    for (let at = firstFrom(rarest, start); at < rarest.length; at += 1) if (this.names[rarest[at]!]!.includes(words)) yield rarest[at]!;
  }

  private codesFrom(prefix: string): [number, number] {
    const at = (bound: (code: string) => boolean): number => {
      let [low, high] = [0, this.byCode.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (bound(this.sorted[this.byCode[middle]!]!.creditCode)) low = middle + 1; else high = middle;
      }
      return low;
    };
    return [at((code) => code < prefix), at((code) => code < prefix || code.startsWith(prefix))];
  }

  private placeAfter({ name, code }: After): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(this.sorted[middle]!, { name, creditCode: code }) <= 0) low = middle + 1; else high = middle;
    }
    return low;
  }
}

function firstFrom(list: Uint32Array, start: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < start) low = middle + 1; else high = middle;
  }
  return low;
}
