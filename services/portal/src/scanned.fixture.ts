/** Whether each module of a square code is dark, row by row, as its picture draws them; the quiet border left out. */
function modulesOf(svg: string): boolean[][] {
  const dark = [...svg.matchAll(/M(\d+),(\d+)h(\d+)v/g)].map(([, x, y, side]) => [Number(x) / Number(side), Number(y) / Number(side)] as const);
  const border = Math.min(...dark.map(([x]) => x));
  const size = Math.max(...dark.map(([x]) => x)) - border + 1;
  const rows = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [x, y] of dark) rows[y - border]![x - border] = true;
  return rows;
}

/** Finders with their borders and format, timing, and the one alignment pattern of versions 2 to 6: they carry no data. */
function carriesData(size: number, row: number, column: number): boolean {
  const far = size - 8;
  const finder = (row < 9 && (column < 9 || column >= far)) || (row >= far && column < 9);
  const centre = size - 7;
  const alignment = Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2;
  return !finder && row !== 6 && column !== 6 && !alignment;
}

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0, (i) => i % 2 === 0, (_, j) => j % 3 === 0, (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0, (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0, (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0, (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/**
 * What a camera reads from a QR code drawn as SVG, after ISO/IEC 18004 and without the library that drew it: versions 2 and 3 (one
 * block, one alignment pattern), bytes. No error is corrected: nothing has damaged the picture.
 */
export function scanned(svg: string): string {
  const modules = modulesOf(svg);
  const size = modules.length;
  if (size !== 25 && size !== 29) throw new RangeError(`a code of ${size} modules is not read here`);
  const mask = masks[[2, 3, 4].reduce((bits, column) => bits * 2 + Number(modules[8]![column]), 0) ^ 0b101]!;
  const bits: number[] = [];
  const columns = Array.from({ length: (size - 1) / 2 }, (_, pair) => { const right = size - 1 - 2 * pair; return right <= 6 ? right - 1 : right; }); // the timing column is skipped
  columns.forEach((right, pair) => {
    for (let step = 0; step < size; step += 1) {
      const row = pair % 2 === 0 ? size - 1 - step : step;
      for (const column of [right, right - 1]) if (carriesData(size, row, column)) bits.push(Number(modules[row]![column] !== mask(row, column)));
    }
  });
  const number = (from: number, many: number): number => bits.slice(from, from + many).reduce((sum, bit) => sum * 2 + bit, 0);
  if (number(0, 4) !== 0b0100) throw new RangeError('the code holds no bytes');
  return new TextDecoder().decode(Uint8Array.from({ length: number(4, 8) }, (_, at) => number(12 + 8 * at, 8)));
}
