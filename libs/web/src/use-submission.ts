import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RouteName } from './addresses.js';
import { call, ProblemError, type Answer, type CallInput } from './call.js';
import { newKey } from './key.js';

export interface Submission<I, A> {
  send: (input: I) => Promise<A | null>;
  pending: boolean;
  problem: ProblemError | null;
  answer: A | null;
  clear: () => void;
}

/**
 * One submission with its key: the same content sent again after a failure of the network keeps the key, so that it
 * counts once; changed content gets a new one. Success makes every shown answer stale.
 */
export function useSubmissionOf<I, A>(send: (input: I, key: string) => Promise<A>): Submission<I, A> {
  const client = useQueryClient();
  const tried = useRef<{ content: string; key: string } | null>(null);
  const [state, setState] = useState<{ pending: boolean; problem: ProblemError | null; answer: A | null }>({ pending: false, problem: null, answer: null });

  const submit = async (input: I): Promise<A | null> => {
    const content = input instanceof File ? `${input.name} ${input.size} ${input.lastModified}` : JSON.stringify(input ?? null);
    if (tried.current?.content !== content) tried.current = { content, key: newKey() };
    setState({ pending: true, problem: null, answer: null });
    try {
      const answer = await send(input, tried.current.key);
      tried.current = null;
      setState({ pending: false, problem: null, answer });
      void client.invalidateQueries();
      return answer;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setState({ pending: false, problem: error, answer: null });
      return null;
    }
  };
  return { send: submit, ...state, clear: () => setState({ pending: false, problem: null, answer: null }) };
}

/** Submits to a route of the contracts. */
export const useSubmission = <K extends RouteName>(name: K): Submission<CallInput<K>, Answer<K>> =>
  useSubmissionOf((input: CallInput<K>, key: string) => call(name, { ...input, key }));
