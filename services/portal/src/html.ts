/** Markup that is safe to send; made only by `html`. */
export class Markup {
  constructor(readonly text: string) {}
}
type Part = string | number | null | undefined | false | Markup | readonly Part[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

/** A template whose every value is escaped, unless it is itself the result of `html`. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(strings.reduce((text, piece, index) => text + piece + (index < parts.length ? written(parts[index]) : ''), ''));
