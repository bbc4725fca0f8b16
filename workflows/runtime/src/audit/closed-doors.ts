import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Loaded before anything else in the process, and in each of its threads, that replays somebody's program: what Node's own
 * permissions leave open is closed. No connection, no question to a name server, no signal to another process. (Native code: `replaying.thread.ts`.)
 */
function closed(): never { throw new Error('this program may reach nothing outside itself'); }
const close = (owner: object, ...names: string[]): void => { for (const name of names) Object.defineProperty(owner, name, { value: closed, writable: false, configurable: false }); };
const functionsOf = (owner: object): string[] => Object.getOwnPropertyNames(owner).filter((name) => name !== 'constructor' && typeof Reflect.get(owner, name) === 'function');

close(net.Socket.prototype, 'connect');
close(net.Server.prototype, 'listen');
close(dgram, 'createSocket');
close(dgram.Socket.prototype, 'bind', 'connect', 'send');
for (const owner of [dns.Resolver.prototype, dns.promises.Resolver.prototype, dns.promises, dns]) close(owner, ...functionsOf(owner).filter((name) => /^(?:lookup|resolve|reverse)/.test(name)));
close(process, 'kill', '_kill', '_debugProcess', 'abort', 'binding');
syncBuiltinESMExports();
