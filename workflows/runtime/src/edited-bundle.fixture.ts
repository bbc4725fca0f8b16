import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import type { Edit } from './incompatible-edits.fixture.js';

const definitions = fileURLToPath(new URL('../../definitions/', import.meta.url));
const files: Record<Edit['file'], string> = { unit: 'campaign/unit.workflow.ts', campaign: 'campaign/campaign.workflow.ts', colour: 'colour/colour.workflow.ts', notice: 'notice/notice.workflow.ts', consequences: 'consequences/consequences.workflow.ts', timers: 'timers.ts' };

/** The bundle of the definitions with this edit made. @throws when the code is not there any more that the edit names */
export async function editedBundle({ what, file, from, to }: Edit): Promise<string> {
  mkdirSync(join(definitions, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(definitions, 'dist', 'edited-')); // inside the repository: the definitions' own imports resolve there
  try {
    cpSync(join(definitions, 'src'), folder, { recursive: true });
    const path = join(folder, files[file]);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`the edit “${what}” finds nothing to change: renew it`);
    writeFileSync(path, text.replace(from, to));
    return await bundle(join(folder, 'index.ts'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
