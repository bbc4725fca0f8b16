import type { Role } from '@zhijian/contracts';
import type { RouteDefinition } from '@zhijian/contracts/http';
import { maskedName } from '@zhijian/policy';

/** The answer as this role may see it: names of people in the fields the route names are shown by their first character, except to whoever needs them. */
export function maskNames(answer: unknown, { names }: Pick<RouteDefinition, 'names'>, role: Role): unknown {
  if (!names || names.shownTo.includes(role)) return answer;
  return names.at.reduce((value, pointer) => masked(value, pointer.split('/').slice(1)), answer);
}

function masked(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return typeof value === 'string' ? maskedName(value) : value;
  if (Array.isArray(value)) return step === '*' ? value.map((one) => masked(one, rest)) : value;
  const [name = step, unless] = step.split('?');
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  const row = value as Record<string, unknown>;
  return unless !== undefined && row[unless] !== null ? value : { ...row, [name]: masked(row[name], rest) };
}
