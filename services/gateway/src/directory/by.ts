import { actorOf, type Principal } from '@zhijian/access';
import { newId } from '@zhijian/contracts';
import { everywhere, type Caller } from '@zhijian/persistence';

/** Who administers, and the key that makes a repetition answer what the first call answered. */
export interface By { principal: Principal; key: string }

/**
 * An administrator's command. Changes of the directory come one after the other: rules about the whole (no circle, offices
 * that exclude each other) hold between two that come at once. The reason given leaves this room as a commitment only.
 */
export function callerOf({ principal, key }: By, address: string, body: unknown): Caller {
  const { reason } = (body ?? {}) as { reason?: string };
  return {
    actor: actorOf(principal), jurisdiction: principal.places[0]?.code ?? '', cause: `http/${newId()}`, scope: everywhere, lock: 'directory', ...(reason && { texts: [reason], names: ['reason'] }),
    ...(key ? { once: { key: `http/${principal.id}/${address}/${key}`, body } } : {}),
  };
}
