import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from '@zhijian/testing';

export const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address() as { port: number }; probe.close(() => resolve(port)); });
});

/** Programs of the house as they run, built; what they print goes into one file. */
export class Processes {
  private readonly children: ChildProcess[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv, private readonly printed: string) {}

  /** @param program below the repository, without `dist/main.js` */
  async start(program: string, port: number): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(`../../../${program}/dist/main.js`, import.meta.url))], { env: { ...this.env, NODE_OPTIONS: '', PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (said: Buffer) => appendFileSync(this.printed, said));
    this.children.push(child);
    await eventually(`${program} is ready`, async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, 240_000);
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    })));
  }
}
