import { deserialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Given } from './replaying.thread.js';

/** What the process is given on its standard input: what to replay, the word its answer begins with, and what it may take. */
export interface Asked { nonce: string; given: Given; /** bytes of heap, and of everything */ heap: number; memory: number; /** how it ends where it takes more */ tooMuch: number }

const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);
const { nonce, given, heap, memory, tooMuch } = deserialize(Buffer.concat(pieces)) as Asked;

// The program runs in a thread of its own, so that this one can look after it: a heap has its limit, buffers have none.
const thread = new Worker(new URL('replaying.thread.js', import.meta.url), { workerData: given, resourceLimits: { maxOldGenerationSizeMb: Math.floor(heap / 1_000_000) } });
setInterval(() => { if (process.memoryUsage.rss() > memory) process.exit(tooMuch); }, 50);
thread.once('message', (left: unknown) => { process.stdout.write(`\n${nonce} ${JSON.stringify(left)}\n`, () => process.exit(0)); });
thread.once('error', (error) => process.exit((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : 1));
thread.once('exit', (code) => process.exit(code || 1));
