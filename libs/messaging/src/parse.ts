import { envelope, factKindOf, type Fact } from '@zhijian/contracts';

/** The fact in a record, or why it cannot be one. Unknown versions and malformed data are reasons, not crashes. */
export function parse(value: string): { ok: true; fact: Fact } | { ok: false; reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return { ok: false, reason: '不是合法的 JSON' };
  }
  const read = envelope.safeParse(json);
  if (!read.success) return { ok: false, reason: `信封不合规：${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}` };
  const kind = factKindOf(read.data.type, read.data.factversion);
  if (!kind) return { ok: false, reason: `未知的事实 ${read.data.type} v${read.data.factversion}` };
  const data = kind.data.safeParse(read.data.data);
  if (!data.success) return { ok: false, reason: `数据不合规：${data.error.issues[0]?.path.join('.')} ${data.error.issues[0]?.message}` };
  return { ok: true, fact: { ...read.data, data: data.data as Record<string, unknown> } };
}
