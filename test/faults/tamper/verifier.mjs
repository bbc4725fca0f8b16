// The verifier that was written from the specification, as a process of its own; it is told earlier heads and a key, no more.
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../audit/verify.py', import.meta.url));

/** `{ check({ key, installation, held, witnesses, tables }), stop() }`; `check` answers `{ ok, found }`. */
export function startVerifier() {
  const child = spawn('python3', [program, 'serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  let broken;
  const end = (error) => { broken = error; for (const { reject } of waiting.splice(0)) reject(error); };
  child.once('error', (error) => end(new Error(`python3 is needed for the independent verifier: ${error.message}`)));
  child.once('exit', (code) => end(new Error(`the verifier ended with ${code}`)));
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift().resolve(JSON.parse(line)));
  return {
    check: (given) => new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(given)}\n`);
    }),
    stop: () => child.stdin.end(),
  };
}

/** What it finds with nothing but the portal's address, a key and a file of earlier heads. */
export const portalVerdict = ({ address, key, held }) => new Promise((resolve, reject) => {
  execFile('python3', [program, 'portal', address, '--key', key, '--held', held], (error, output, complaint) => {
    if (!output) return reject(new Error(complaint || error.message));
    resolve(JSON.parse(output));
  });
});

const ofRooms = (rooms) => [...rooms.flatMap((room) => ['command_entry', 'certificate', 'outbox', 'rule_text'].map((table) => `${room}.${table}`)),
  ...['log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature'].map((table) => `workflows.${table}`)];

/** All that the log is about, as one JSON text of rows. */
export async function tablesOf(admin, rooms) {
  const parts = ofRooms(rooms).map((table) => `'${table}', (select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') from ${table} t)`);
  const { rows: [row] } = await admin.query(`select jsonb_build_object(${parts.join(', ')})::text as tables`);
  return row.tables;
}
