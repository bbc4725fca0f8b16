import { Chip, usePack } from '@zhijian/web';
import { coloursIn, toneOf } from '../colour/colour.js';

/** A colour as its word, with the tone its place on the pack's scale gives it. */
export function ColourWord({ of }: { of: { id: string; title: string } | null }) {
  const colours = coloursIn(usePack().data);
  return of ? <Chip tone={toneOf(colours, of.id)}>{of.title}</Chip> : <>无颜色</>;
}
