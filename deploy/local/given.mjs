// Engines given by an address in the environment: whether somebody answers there, before anything is changed.
import { Failure } from './failure.mjs';
import { pause } from './machine.mjs';
import * as probe from './probe.mjs';

const usualPort = { 'postgres:': 5432, 'postgresql:': 5432 };

/** Host and port of each server that an address names: a URL, or `host:port`, several by comma. Empty for a socket in the file system. */
function servers(address) {
  return address.split(',').flatMap((one) => {
    const url = new URL(one.includes('://') ? one : `tcp://${one}`);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return host ? [{ host, port: Number(url.port) || usualPort[url.protocol] }] : [];
  });
}

/** @throws Failure when the variable's address is none, or none of its servers answers within some seconds */
export async function answersAt(variable, address) {
  const instead = `或去掉 ${variable}, 由本系统自己启动`;
  let wanted;
  try {
    wanted = servers(address);
  } catch {
    throw new Failure(`${variable} 不是地址`, `按 .env.example 的写法改正 ${variable}; ${instead}`); // not repeated: it may hold a password
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (wanted.length === 0 || (await Promise.all(wanted.map(({ host, port }) => probe.tcp(port, host)))).some(Boolean)) return;
    await pause(500);
  }
  throw new Failure(`${variable} 指向的 ${wanted.map(({ host, port }) => `${host}:${port}`).join(', ')} 没有应答`, `启动那里的服务器, 或改正 ${variable}; ${instead}`);
}
