// Writes ACCESS.md anew from access.csv, after a build.
import { writeFileSync } from 'node:fs';
import { accessDocument } from './dist/document.js';

writeFileSync(new URL('ACCESS.md', import.meta.url), accessDocument());
