// Loaded into a process by `--import`: kills it with -9 at a named point, once for each order in CRASH_FILE. No product code knows of it.
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = process.env.CRASH_FILE;
let order = { id: null };
let seen = 0;

/** The file holds `{ id, point, nth }`: is the point reached for the nth time, or was it before? */
function due(point) {
  if (!existsSync(file)) return false;
  const wanted = JSON.parse(readFileSync(file, 'utf8'));
  if (wanted.point !== point) return false;
  if (order.id !== wanted.id) [order, seen] = [wanted, 0];
  seen += 1;
  return seen >= wanted.nth;
}

function die() {
  unlinkSync(file);
  process.kill(process.pid, 'SIGKILL');
}

const reached = (point) => { if (due(point)) die(); };

/** What the transaction on a connection has done so far: `trial` (a command), `effect` (a workflow's step). */
const doing = new WeakMap();

/** The points that lie before a statement. */
const before = (text) => [
  ...(text.startsWith('update outbox set published_at') ? ['after ack before mark'] : []),
  ...(text.startsWith('insert into effect') ? ['inside an activity before its effect'] : []),
];

/** The points that lie behind it. */
function after(text, client) {
  if (text === 'BEGIN') {
    doing.delete(client);
    return ['after BEGIN'];
  }
  if (text.startsWith('insert into trial')) {
    doing.set(client, 'trial');
    return ['after the state write'];
  }
  if (text.startsWith('insert into effect')) doing.set(client, 'effect');
  if (text.startsWith('insert into tree_head')) {
    doing.set(client, 'log');
    return ["inside the log's transaction"];
  }
  if (text === 'commit' && doing.get(client) === 'log') return ["after the log's commit before its note"];
  if (text.startsWith('insert into heard')) return ['inside the inbox transaction'];
  if (text.includes('insert into outbox') && doing.get(client) === 'trial') return ['after the outbox write'];
  if (text === 'COMMIT' && doing.get(client) === 'trial') return ['after COMMIT before the answer'];
  if (text === 'COMMIT' && doing.get(client) === 'effect') return ['after its effect before completion'];
  return [];
}

const { Client } = require('pg');
const { query } = Client.prototype;
Client.prototype.query = function watched(what, ...rest) {
  if (Array.isArray(what?.statements)) return watchedBatch(this, what);
  const text = (typeof what === 'string' ? what : (what?.text ?? '')).trimStart();
  before(text).forEach(reached);
  const result = query.call(this, what, ...rest);
  return typeof result?.then === 'function' ? result.then((value) => (after(text, this).forEach(reached), value)) : result;
};

/** Statements sent at once: the point may lie between two of them. Then the server gets those before it, and the process dies when it has done them. */
function watchedBatch(client, batch) {
  const texts = batch.statements.map(({ text }) => text.trimStart());
  for (const text of texts) before(text).forEach(reached);
  const last = texts.findIndex((text) => after(text, client).some(due));
  if (last < 0) return query.call(client, batch);
  batch.statements = batch.statements.slice(0, last + 1);
  batch.answered.then(die, () => undefined);
  return query.call(client, batch);
}

const produce = 0; // Kafka's number of the request that carries records
const Connection = require('kafkajs/src/network/connection.js');
const { send } = Connection.prototype;
Connection.prototype.send = function watched(call) {
  const { socket } = this;
  if (socket && !socket.watched) {
    socket.watched = true;
    const write = socket.write.bind(socket);
    socket.write = (bytes, ...rest) => {
      const done = write(bytes, ...rest);
      if (bytes.length > 6 && bytes.readInt16BE(4) === produce) reached('after send before ack');
      return done;
    };
  }
  return send.call(this, call);
};

const { Kafka } = require('kafkajs');
const { consumer } = Kafka.prototype;
Kafka.prototype.consumer = function watched(options) {
  const made = consumer.call(this, options);
  const { run } = made;
  made.run = (settings) => run({
    ...settings,
    eachMessage: async (payload) => {
      reached('after poll before inbox');
      await settings.eachMessage(payload);
      reached('after the inbox before the offset commit');
    },
  });
  return made;
};

const { WorkflowClient } = require('@temporalio/client');
const { start } = WorkflowClient.prototype;
WorkflowClient.prototype.start = async function watched(...given) {
  const handle = await start.apply(this, given);
  reached("after a workflow start before the bridge's own commit");
  return handle;
};
