import { useAnswer, type Answer } from '@zhijian/web';
import { createContext, useContext } from 'react';

export type Me = Answer<'getMe'>;
export type Place = Me['places'][number];
export type Role = Me['role'];

export interface Session { me: Me; place: Place | null; choosePlace: (code: string) => void }

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in and the place they work for just now. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a page stands outside the session');
  return session;
}

/** Whether one of the roles is the signed-in one. */
export const useIs = (...roles: Role[]): boolean => roles.includes(useSession().me.role);

/** The date that holds in the system: the demonstration's where it runs, otherwise the real one. */
export function useClock() {
  return useAnswer('getClock', {}, { every: 5_000 });
}

/** Today as the system has it; empty only where the clock could not be read. */
export const useToday = (): string => useClock().data?.today ?? '';
