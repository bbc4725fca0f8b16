// Free ports, occupied ports, and ports that stay the same over restarts of one data folder.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { writeAtomically } from './files.mjs';

const listen = (port) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => done(taken));
    });
  });

export const isFree = async (port) => (await listen(port)) !== undefined;

// Below the range from which the kernel takes outgoing ports, so that no client socket takes a port between our restarts.
const lowest = 20000;
const highest = 32000;
const given = new Set();

/** A free port on 127.0.0.1, never given twice by this process. */
export async function freePort() {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
  throw new Error('no free port between 20000 and 32000');
}

/** Named ports of a data folder: those used before where they are still free, otherwise new ones. */
export async function keptPorts(folder, names) {
  const file = join(folder, 'ports.json');
  const ports = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const name of names) if (!ports[name] || !(await isFree(ports[name]))) ports[name] = await freePort();
  writeAtomically(file, JSON.stringify(ports, null, 2));
  return ports;
}
