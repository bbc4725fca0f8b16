/**
 * What to say of a reading process that ended without an answer, by its exit code and signal. Time ends it by SIGKILL and
 * a full heap by SIGABRT, and both are the file's doing; any other end is none, and its reader is told so.
 */
export function endedEarly(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return '文件读取超时，请拆分后再上传';
  if (signal === 'SIGABRT') return '文件过大或过于复杂，读取时内存不足';
  return `表格读取程序意外中止（${signal ?? `退出码 ${code}`}），请稍后再试`;
}
