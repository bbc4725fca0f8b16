const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Is something down, rather than something wrong? Then the fact waits where it is and is tried again.
 * PostgreSQL classes 08 (connection), 53 (resources), 57 (operator intervention); gRPC 4, 8 and 14 (deadline, exhausted, unavailable).
 */
export function isOutage(error: unknown): boolean {
  const { code, message, cause } = error as { code?: unknown; message?: string; cause?: unknown };
  if (typeof code === 'string' && (network.has(code) || /^(08|53|57)/.test(code))) return true;
  if (typeof code === 'number' && [4, 8, 14].includes(code)) return true;
  if (/Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Query runner already released/i.test(message ?? '')) return true;
  return cause !== undefined && cause !== error && isOutage(cause);
}
