// `node deploy/local/compose.check.mjs [FILE]`: compose.yaml against the Compose schema and against what npm start uses. Needs npm ci.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composePorts } from './compose-ports.mjs';
import { services } from './processes.mjs';
import { documentedPorts, repository, versions } from './settings.mjs';
import { temporalConfig } from './temporal-config.mjs';

/** Problems of a compose file as sentences; none when it is right. */
export async function checkCompose(text) {
  const { parse } = await import('yaml');
  let compose;
  try {
    compose = parse(text, { merge: true });
  } catch (error) {
    return [error.message];
  }
  return [...(await schemaProblems(compose)), ...agreementProblems(compose)];
}

async function schemaProblems(compose) {
  const { Ajv } = await import('ajv');
  const { default: formats } = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true });
  (formats.default ?? formats)(ajv);
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/); // Compose's own durations, not those of ISO 8601
  const schema = JSON.parse(readFileSync(join(repository, 'deploy/compose-spec/compose-spec.json'), 'utf8').replace('https://json-schema.org/draft-07/schema', 'http://json-schema.org/draft-07/schema#'));
  const valid = ajv.validate(schema, compose);
  return valid ? [] : ajv.errors.map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
}

/** The file and npm start must describe one system: the same processes, versions, ports and Temporal configuration. */
function agreementProblems(compose) {
  const problems = [];
  const want = (ok, sentence) => ok || problems.push(sentence);
  const all = compose?.services ?? {};
  for (const { name, main } of services) {
    want(all[name]?.command?.at(-1) === main, `service ${name} runs ${main}`);
    want(all[name]?.environment?.PORT === String(documentedPorts[name][0]), `service ${name} listens on ${documentedPorts[name][0]}`);
  }
  for (const [name, version] of [['postgres', versions.postgres], ['kafka', versions.kafka], ['temporal', versions.temporal], ['temporal-ui', versions.temporalUi]]) {
    want(all[name]?.image?.endsWith(`:${version}`), `image of ${name} is version ${version}`);
  }
  for (const [name, service] of Object.entries(all)) {
    for (const needed of Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {})) want(all[needed], `${name} depends on ${needed}, which is there`);
    for (const volume of service.volumes ?? []) want(volume.split(':')[0] in (compose.volumes ?? {}), `volume ${volume} of ${name} is declared`);
  }
  const expected = temporalConfig({ home: '/etc/zhijian', databaseUrl: all.setup?.environment?.DATABASE_URL ?? 'postgres://u:p@h/d', ports: composePorts });
  want(compose?.configs?.temporal?.content?.trim() === expected.trim(), 'the configuration of temporal is what temporal-config.mjs writes');
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? join(repository, 'deploy/compose.yaml');
  const problems = await checkCompose(readFileSync(file, 'utf8'));
  problems.forEach((problem) => console.error(`${file}: ${problem}`));
  console.log(problems.length === 0 ? 'compose.yaml: valid' : `compose.yaml: ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
