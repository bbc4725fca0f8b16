import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { factKinds } from '@zhijian/contracts';
import '@zhijian/contracts/facts';
import { z } from 'zod';

const samples = join(dirname(createRequire(import.meta.url).resolve('@zhijian/contracts/package.json')), 'samples');

function sampleOf(type: string, version: number): unknown {
  const [service = '', fact = ''] = type.split('.');
  const file = join(samples, service, `${fact}.v${version}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
}

/** Every kind of fact with its schema and, where one is kept, a sample. One topic per producing service. */
export function eventCatalogue() {
  const events = factKinds().map(({ type, version, data }) => {
    const sample = sampleOf(type, version);
    return { type, version, topic: type.split('.')[0], schema: z.toJSONSchema(data, { unrepresentable: 'any', target: 'draft-2020-12' }), ...(sample === undefined ? {} : { sample }) };
  });
  return { specversion: '1.0', envelope: 'CloudEvents 1.0 (JSON); extensions: factversion, actor, cause, jurisdiction', events };
}
