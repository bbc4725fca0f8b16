/** Writes schemas/*.schema.json anew from the schemas in code: `node libs/policy/write-schemas.mjs`, after a build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { packJsonSchemas } from './dist/json-schema.js';

const folder = new URL('./schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(packJsonSchemas())) writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
