import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { qualification } from '@zhijian/contracts/http';
import { nameOf, type Play } from './play.js';
import type { Body, Described, Kind, Unit } from './cast.js';
import type { Troupe } from './troupe.js';

/** Registers bodies with their filings, each by the district that keeps it. */
export function registered(play: Play, bodies: readonly Body[], filedOn: string): Promise<number> {
  const { data } = play.scenario;
  return play.each('登记机构', bodies, async (body) => {
    const { institutionId } = await play.officer(body.unit).ask(qualification.registerInstitution, {
      key: play.key('register', body.number),
      body: {
        creditCode: body.creditCode, name: body.name, kind: (body.kind ?? data.kind) as Kind & 'health-examination', jurisdiction: body.unit, address: body.address, contactPost: data.contactPost, invented: true,
        filing: { number: data.filingNumber.replace('{number}', String(body.number)), filedOn: body.filedOn ?? filedOn, categories: [...body.categories], items: [...data.items].slice(0, 1 + (body.number % data.items.length)), outreach: body.outreach },
      },
    });
    play.ids.set(body.number, institutionId);
  }, nameOf);
}

interface Place { code: string; name: string; institutionId: string; institutionName: string }
interface Account { name: string; displayName: string; role: string; places: Place[] }

/**
 * An account for each body; the two well-known ones act for one body in each unit. What an earlier campaign has written
 * stays, behind. Read by the identity provider when it changes.
 */
export function accountsWritten(play: Troupe<{ readonly data: Described; readonly units: readonly Unit[]; readonly outside: readonly Body[]; readonly bodies: readonly Body[] }>, file: string): void {
  const { units, outside } = play.scenario;
  const isRegistered = ({ number }: Body): boolean => play.ids.has(number);
  const known = play.scenario.bodies.filter(isRegistered);
  const nth = (at: number) => units.flatMap(({ bodies }) => bodies.filter(isRegistered).slice(at, at + 1));
  const place = (body: Body) => ({ code: body.unit, name: body.unitName, institutionId: play.idOf(body), institutionName: body.name });
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Account[]) : [];
  const account = (name: string, displayName: string, bodies: readonly Body[]): Account => {
    const own = bodies.map(place);
    const earlier = before.find((it) => it.name === name)?.places.filter((it) => !own.some(({ institutionId }) => institutionId === it.institutionId)) ?? [];
    return { name, displayName, role: 'institution', places: [...own, ...earlier] };
  };
  const accounts = [
    account('jigou', '机构经办人', nth(0)), account('jigou2', '机构经办人（另一机构）', [...nth(1), ...outside.filter(isRegistered).slice(0, 1)]),
    ...known.map((body) => account(body.account, `${body.name}经办人`, [body])),
  ];
  const others = before.filter(({ name }) => !accounts.some((it) => it.name === name));
  writeFileSync(`${file}.draft`, `${JSON.stringify([...accounts, ...others], null, 1)}\n`);
  renameSync(`${file}.draft`, file);
}
