import type { Approval } from '@zhijian/access';
import type { Directory } from '@zhijian/service-kit';
import type { Levels } from './agency.rules.js';

/** What the directory says today of approving in a place what this person has drawn up: who, and at which level the place is administered. */
export async function approving(directory: Directory, place: string, author: string | null): Promise<{ approval: Approval | null; levels: Levels }> {
  const [approval, levels] = await Promise.all([directory.approversFor(place, author ?? ''), directory.levelsOf([place])]);
  return { approval, levels };
}
