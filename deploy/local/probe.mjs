// Is a process ready? By TCP, or by HTTP GET answering 200.
import { connect } from 'node:net';
import { request } from 'node:http';

export const tcp = (port, host = '127.0.0.1') =>
  new Promise((done) => {
    const socket = connect({ port, host });
    socket.setTimeout(1000, () => socket.destroy(new Error('timeout')));
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });

export const http = (port, path) =>
  new Promise((done) => {
    const call = request({ host: '127.0.0.1', port, path, timeout: 2000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    call.once('timeout', () => call.destroy(new Error('timeout')));
    call.once('error', () => done(false));
    call.end();
  });

/** Ready once Postgres asks for a password; while it recovers it answers a start-up packet with an error. */
export const postgres = (port, host = '127.0.0.1') =>
  new Promise((done) => {
    const socket = connect({ port, host });
    const end = (ready) => {
      socket.destroy();
      done(ready);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('connect', () => socket.write(startupPacket));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    // 'R' asks for the password: the server takes sessions. 'E' is "the database system is starting up".
    socket.once('data', (bytes) => end(bytes[0] === 0x52));
  });

const startupPacket = (() => {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const packet = Buffer.alloc(8 + body.length);
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(196608, 4);
  body.copy(packet, 8);
  return packet;
})();
