import { refuse, type Refused } from '@zhijian/contracts';
import { PackError, type Pack } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import type { ColourRefusal } from './colour.rules.js';

/** The pack somebody named, or why there is none of that name. */
export async function packNamed(packs: PackShelf, name: string): Promise<Pack | Refused<ColourRefusal>> {
  try {
    return await packs.get(name);
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return refuse('pack-unknown', [], { pack: name, why: error.problems[0]?.message ?? '' }, { errors: [{ path: '/pack', message: '没有安装这个政策包' }] });
  }
}
