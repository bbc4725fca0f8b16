import { createHash, randomBytes } from 'node:crypto';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The few cookies of the gateway: opaque, out of reach of scripts, sent to this address only. */
export class Cookies {
  private readonly secure: boolean;

  constructor(address: string) {
    this.secure = address.startsWith('https:');
  }

  /** Browsers accept `__Host-` under https only, also on the loopback. */
  nameOf(what: 'session' | 'sign-in' | 'left'): string {
    const name = what === 'session' ? 'zhijian' : `zhijian-${what}`;
    return this.secure ? `__Host-${name}` : name;
  }

  read(request: FastifyRequest, what: 'session' | 'sign-in' | 'left'): string | undefined {
    const value = request.cookies[this.nameOf(what)];
    return value && /^[\w-]{1,100}$/.test(value) ? value : undefined;
  }

  set(reply: FastifyReply, what: 'session' | 'sign-in' | 'left', value: string, seconds: number): void {
    void reply.setCookie(this.nameOf(what), value, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure, maxAge: seconds });
  }

  clear(reply: FastifyReply, what: 'session' | 'sign-in' | 'left'): void {
    void reply.clearCookie(this.nameOf(what), { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure });
  }
}
