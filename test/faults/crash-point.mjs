// Loaded into a process by `--import`: kills it with -9 at a named point, once for each order in CRASH_FILE. No product code knows of it.
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = process.env.CRASH_FILE;
let order = { id: null };
let seen = 0;

/** The file holds `{ id, point, nth }`; the nth time the point is reached, the file goes and the process with it. */
function reached(point) {
  if (!existsSync(file)) return;
  const wanted = JSON.parse(readFileSync(file, 'utf8'));
  if (wanted.point !== point) return;
  if (order.id !== wanted.id) [order, seen] = [wanted, 0];
  seen += 1;
  if (seen < wanted.nth) return;
  unlinkSync(file);
  process.kill(process.pid, 'SIGKILL');
}

/** What the transaction on a connection has done so far: `trial` (a command), `effect` (a workflow's step). */
const doing = new WeakMap();

function before(text) {
  if (text.startsWith('update outbox set published_at')) reached('after ack before mark');
  if (text.startsWith('insert into effect')) reached('inside an activity before its effect');
}

function after(text, client) {
  if (text === 'BEGIN') {
    doing.delete(client);
    reached('after BEGIN');
  }
  if (text.startsWith('insert into trial')) {
    doing.set(client, 'trial');
    reached('after the state write');
  }
  if (text.startsWith('insert into effect')) doing.set(client, 'effect');
  if (text.startsWith('insert into heard')) reached('inside the inbox transaction');
  if (text.startsWith('with facts as') && doing.get(client) === 'trial') reached('after the outbox write');
  if (text === 'COMMIT' && doing.get(client) === 'trial') reached('after COMMIT before the answer');
  if (text === 'COMMIT' && doing.get(client) === 'effect') reached('after its effect before completion');
}

const { Client } = require('pg');
const { query } = Client.prototype;
Client.prototype.query = function watched(what, ...rest) {
  const text = (typeof what === 'string' ? what : (what?.text ?? '')).trimStart();
  before(text);
  const result = query.call(this, what, ...rest);
  return typeof result?.then === 'function' ? result.then((value) => (after(text, this), value)) : result;
};

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
