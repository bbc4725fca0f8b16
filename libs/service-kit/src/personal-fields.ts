import { personalIn, personalWords } from '@zhijian/policy';

/** What a name of a field may look like; another one came from outside and is not said back. */
const ours = /^(?:\d{1,5}|[A-Za-z][A-Za-z-]{0,40})$/;

/** A field by JSON Pointer. Steps that no schema of ours could have are left out: somebody may have typed anything there. */
export const fieldPath = (steps: readonly string[]): string => steps.map((step) => `/${ours.test(step) ? step : '*'}`).join('');

/**
 * Fields in which somebody wrote the number of a person (identity card, mobile telephone). No clause of ours asks for one:
 * they are refused by name of the field, and nothing of them is said back or kept.
 */
export function personalFields(value: unknown, at: readonly string[] = []): { path: string; message: string }[] {
  if (typeof value === 'string') {
    const kind = personalIn(value);
    return kind ? [{ path: fieldPath(at), message: `含有疑似${personalWords[kind]}，此处不需要个人信息，请删去后再提交` }] : [];
  }
  if (typeof value === 'number') return personalFields(String(value), at);
  if (Array.isArray(value)) return value.flatMap((one, index) => personalFields(one, [...at, String(index)]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [...personalFields(name, [...at, name]), ...personalFields(one, [...at, name])]);
}
