import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { envelop, type Fact, type FactKind } from '@zhijian/contracts';

const folder = fileURLToPath(new URL('../../contracts/samples/', import.meta.url));

/** A valid fact as it would arrive; `by` changes who, where and when. */
export const aFact = <T>(kind: FactKind<T>, subject: string, data: T, by: Partial<{ actor: string; cause: string; jurisdiction: string; time: string; id: string }> = {}): Fact =>
  envelop(kind, subject, data, { actor: 'city:shi@330100', cause: 'http/test', jurisdiction: '330100', time: '2023-02-15T09:00:00.000+08:00', ...by }) as Fact;

/**
 * The kept samples of a kind of fact, for `it.each(samplesOf('qualification.institution-registered'))('… %s', (_, sample) => …)`.
 * @throws when there is none: a consumer without a sample shows nothing
 */
export function samplesOf(type: string): [string, Fact][] {
  const [service, thing] = type.split('.') as [string, string];
  const names = existsSync(`${folder}${service}`) ? readdirSync(`${folder}${service}`).filter((name) => new RegExp(`^${thing}\\.v\\d+\\.json$`).test(name)) : [];
  if (names.length === 0) throw new Error(`no sample of ${type} in libs/contracts/samples`);
  return names.sort().map((name) => [name, JSON.parse(readFileSync(`${folder}${service}/${name}`, 'utf8')) as Fact]);
}
