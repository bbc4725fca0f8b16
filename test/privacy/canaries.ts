import { createHash } from 'node:crypto';

/** Something of a person's that must never come out where it does not belong. */
export interface Canary { kind: 'name' | 'id-number' | 'phone' | 'token' | 'password' | 'word'; value: string }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const surnames = '欧阳司马诸葛上官慕容尉迟公孙令狐宇文轩辕';
const given = '骞翊珩琰璟瑄玥珂琬璎翀骁骥飏昶晟旻昊曜煜焱燚炜灏澍淏潇沄濯泓';

/** So many canaries, a sixth of each kind, the same for the same seed; none contains another. */
export function canaries(count: number, seed: string): Canary[] {
  const dice = (at: number, what: string): Buffer => createHash('sha256').update(`${seed} ${at} ${what}`).digest();
  const pick = (from: string, byte: number, size = 1): string => from.slice((byte % (from.length / size)) * size, (byte % (from.length / size)) * size + size);
  const name = (at: number): string => `${pick(surnames, Math.floor(at / 900), 2)}${pick(given, Math.floor(at / 30))}${pick(given, at)}`;
  const idNumber = (at: number): string => {
    const bytes = dice(at, 'id');
    const head = `33010${bytes[0]! % 10}19${50 + (bytes[1]! % 50)}${String(1 + (bytes[2]! % 12)).padStart(2, '0')}${String(1 + (bytes[3]! % 28)).padStart(2, '0')}${String(at % 1000).padStart(3, '0')}`;
    return head + '10X98765432'[weights.reduce((sum, weight, place) => sum + weight * Number(head[place]), 0) % 11];
  };
  const make: Record<Canary['kind'], (at: number) => string> = {
    name, 'id-number': idNumber, phone: (at) => `1${['38', '59', '77', '86'][at % 4]}${String(10_000_000 + (dice(at, 'phone').readUInt32BE(0) % 89_000_000))}`,
    token: (at) => `eyJ${dice(at, 'token').toString('base64url')}`, password: (at) => `Mm!${dice(at, 'password').toString('base64url').slice(0, 12)}#${at}$`,
    word: (at) => `Qz${dice(at, 'word').toString('hex').slice(0, 8)}`, // what looks like a code of ours
  };
  const kinds = Object.keys(make) as Canary['kind'][];
  return Array.from({ length: count }, (_, at) => ({ kind: kinds[at % kinds.length]!, value: make[kinds[at % kinds.length]!](Math.floor(at / kinds.length)) }));
}

/** As they are, and as addresses, JSON and Base64 write them. */
const formsOf = (value: string): string[] => [...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')])];
const head = 4; // no canary is shorter

/** Finds canaries in a text, in whatever form: their kinds. One pass over the text, however many there are. */
export function seeking(birds: readonly Canary[]): (text: string) => string[] {
  const byHead = Map.groupBy(birds.flatMap(({ kind, value }) => formsOf(value).map((form) => ({ kind, form }))), ({ form }) => form.slice(0, head));
  return (text) => {
    const found: string[] = [];
    for (let at = 0; at + head <= text.length; at += 1) for (const { kind, form } of byHead.get(text.slice(at, at + head)) ?? []) if (text.startsWith(form, at)) found.push(kind);
    return found;
  };
}
