import { fileURLToPath } from 'node:url';
import { Packs } from '@zhijian/policy';

const builtIn = fileURLToPath(new URL('../../policy/packs/', import.meta.url));

/** The installed policy packs: `POLICY_DIR`, else the ones that come with the house. A new pack is seen without a restart. */
export class PackShelf extends Packs {
  constructor() {
    super([process.env['POLICY_DIR'] ?? builtIn]);
  }
}
