/** What the demonstration says and what it found wrong. */
export class Journal {
  private readonly failures: string[] = [];
  private checks = 0;

  constructor(private readonly out: (line: string) => void, private readonly err: (line: string) => void, private readonly today: () => string) {}

  say(text: string): void {
    this.out(`${this.today()}  ${text}`);
  }

  verified(text: string, ok: boolean): void {
    this.out(`校验 ${ok ? '✓' : '✗'} ${text}`);
    this.expect(text, ok);
  }

  /** Counts a check; what does not hold is named with the step. */
  expect(step: string, ok: boolean, detail = ''): void {
    this.checks += 1;
    if (ok) return;
    const line = `✗ ${step}${detail ? `：${detail}` : ''}`;
    this.failures.push(line);
    if (this.failures.length <= 30) this.out(line);
    this.err(line);
  }

  /** Equal, or said what was expected. */
  equal(step: string, actual: unknown, expected: unknown): void {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    this.expect(step, a === b, `应为 ${b}，得 ${a}`);
  }

  /** @returns whether everything held */
  close(): boolean {
    const wrong = this.failures.length;
    this.out(wrong === 0 ? `共核对 ${this.checks} 项，全部相符` : `共核对 ${this.checks} 项，${wrong} 项不符：${this.failures[0] ?? ''}`);
    return wrong === 0;
  }
}
