import { ofBody, type Holder } from '@zhijian/access';
import { administrators, roles, type Role } from '@zhijian/contracts';
import type { task } from '@zhijian/contracts/http';

/** Offices whose holders do an agency's work: not those who administer, audit or operate, and nobody of an institution. */
export const offices: readonly Role[] = roles.filter((role) => !ofBody({ role }) && !['auditor', 'operator', ...administrators].includes(role));

/** To whom a task was given. */
export interface Given { readonly personId: string | null; readonly since: string; readonly reason: string }

/**
 * Who holds an open task today: the person it was given to while they hold an office in its place, otherwise the agency. So
 * somebody whose term has run out, or whose area was merged away, holds nothing any more, whether or not anybody was told.
 * @param there who holds an office in the task's place today
 */
export function holderOf(given: Given | undefined, there: readonly Holder[], agency: string): task.Task['holder'] {
  const person = given?.personId ? there.find(({ personId }) => personId === given.personId) : undefined;
  return given && person ? { kind: 'person', personId: person.personId, accounts: [...person.accounts], since: given.since, reason: given.reason } : { kind: 'agency', name: agency };
}
