// Free ports, occupied ports, and ports that stay the same over restarts of one data folder.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { writeAtomically } from './files.mjs';
import { documentedPorts } from './settings.mjs';

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

/** A port as a person writes it; undefined when it is none. */
export function portFrom(text) {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? port : undefined;
}

/** Ports of `npm start`: the documented ones or those of the environment, not looked at for the names in `skip`. A Failure names the variable of one that is taken. */
export async function chosenPorts(skip) {
  const ports = {};
  for (const [name, [usual, variable]] of Object.entries(documentedPorts)) {
    const port = portFrom(process.env[variable] ?? usual);
    if (port === undefined) throw new Failure(`${variable}=${process.env[variable]} 不是端口号`, `把 ${variable} 设为 1 到 65535 之间的整数`);
    const twice = Object.entries(ports).find(([, other]) => other === port);
    if (twice) throw new Failure(`${name} 与 ${twice[0]} 用了同一个端口 ${port}`, `改 ${variable} 或 ${documentedPorts[twice[0]][1]}`);
    if (!skip.includes(name) && !(await isFree(port))) throw new Failure(`端口 ${port} (${name}) 已被占用`, `停止占用它的程序, 或换一个端口: ${variable}=${port + 1} npm start`);
    ports[name] = port;
  }
  return ports;
}
