import { scaleOf, type Pack } from '@zhijian/policy';

/** A year of colours in a place. */
export interface Which { jurisdiction: string; year: number }
/** Whatever answers SQL: the reader's connection or a transaction. */
export interface Reader { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }

/** A colour as the pack's scale calls it. */
export const titleOf = (pack: Pack, colour: string | null): string | null => (colour === null ? null : (scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === colour)?.title ?? colour));
