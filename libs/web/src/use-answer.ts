import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { RouteName } from './addresses.js';
import { call, ProblemError, type Answer, type CallInput } from './call.js';

type Asked<K extends RouteName> = Pick<CallInput<K>, 'params' | 'query'>;

/** The cache key of a question: its route first, so that a submission can make all its answers stale. */
export const questionKey = <K extends RouteName>(name: K, input: Asked<K> = {}): unknown[] => [name, input.params ?? {}, input.query ?? {}];

/** Only what may pass by itself is asked again; a refusal stays a refusal. */
export const worthRetrying = (attempt: number, error: Error): boolean => attempt < 2 && error instanceof ProblemError && error.passing;

/** Asks a GET route and keeps the answer. `every` repeats the question, in milliseconds. */
export function useAnswer<K extends RouteName>(name: K, input: Asked<K> = {}, options: { enabled?: boolean; every?: number | false } = {}): UseQueryResult<Answer<K>> {
  return useQuery({
    queryKey: questionKey(name, input), queryFn: ({ signal }) => call(name, { ...input, signal }),
    retry: worthRetrying, enabled: options.enabled ?? true, refetchInterval: options.every ?? false,
  });
}
