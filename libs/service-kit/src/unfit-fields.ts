import { personalIn, personalWords } from '@zhijian/policy';

/** What a name of a field may look like; another one came from outside and is not said back. */
const ours = /^(?:\d{1,5}|[A-Za-z][A-Za-z-]{0,40})$/;

/** A field by JSON Pointer. Steps that no schema of ours could have are left out: somebody may have typed anything there. */
export const fieldPath = (steps: readonly string[]): string => steps.map((step) => `/${ours.test(step) ? step : '*'}`).join('');

const personal = (text: string): string | null => {
  const kind = personalIn(text);
  return kind && `含有疑似${personalWords[kind]}，此处不需要个人信息，请删去后再提交`;
};
/** No database keeps a NUL or half a character; nobody types one. */
const unwritable = (text: string): string | null => (text.includes('\u0000') || !text.isWellFormed() ? '含有不能保存的字符，请删去后再提交' : null);

/**
 * Fields that are refused whatever they are for, by name of the field; nothing of them is said back or kept: the number of a
 * person (identity card, mobile telephone), which no clause of ours asks for, and what cannot be written down.
 */
export function unfitFields(value: unknown, at: readonly string[] = []): { path: string; message: string }[] {
  if (typeof value === 'string') {
    const message = unwritable(value) ?? personal(value);
    return message ? [{ path: fieldPath(at), message }] : [];
  }
  if (typeof value === 'number') return unfitFields(String(value), at);
  if (Array.isArray(value)) return value.flatMap((one, index) => unfitFields(one, [...at, String(index)]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [...unfitFields(name, [...at, name]), ...unfitFields(one, [...at, name])]);
}
