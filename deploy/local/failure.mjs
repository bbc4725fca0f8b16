/** A failure that a person can act on: what happened, what to do, where the log is. */
export class Failure extends Error {
  constructor(reason, fix, log) {
    super(reason);
    this.name = 'Failure';
    this.fix = fix;
    this.log = log;
  }
}

/** Three lines for the terminal, in Chinese: cause, fix, log. */
export function describeFailure(error) {
  const lines = [`原因: ${error.message}`];
  if (error.fix) lines.push(`办法: ${error.fix}`);
  else if (error.stack && !(error instanceof Failure)) lines.push(error.stack);
  if (error.log) lines.push(`日志: ${error.log}`);
  return lines.join('\n');
}
