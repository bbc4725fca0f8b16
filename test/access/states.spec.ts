import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { operationOf, rights } from '@zhijian/access';
import { directory, inspection, publication, qualification, qualityControl } from '@zhijian/contracts/http';

const services = new URL('../../services/', import.meta.url).pathname;
const rooms = { gateway: directory, inspection, publication, qualification, 'quality-control': qualityControl };

/** What decides in a room: its files that ask the table for a state. */
const asking = (room: string): string[] => readdirSync(join(services, room, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/spec\.ts$|\.fixture\.ts$/.test(name)).map((name) => readFileSync(join(services, room, 'src', name), 'utf8')).filter((text) => text.includes('stateAllows('));

const names = Object.entries(rooms).flatMap(([room, routes]) => Object.entries(routes as Record<string, unknown>).flatMap(([name, route]) => (isRoute(route) ? [[operationOf(route), { room, name }] as const] : [])));
const known = new Map(names);
function isRoute(value: unknown): value is { method: string; path: string } { return typeof value === 'object' && value !== null && 'method' in value && 'path' in value; }

describe('what the table says of states', () => {
  it.each([...new Set(rights.filter(({ states }) => states.size).map(({ operation }) => operation))])('%s is asked for it by its room', (operation) => {
    const { room, name } = known.get(operation)!;
    expect(asking(room).some((text) => new RegExp(`(\\(|[:?,=] )(http|directory|inspection|publication|qualification|qualityControl)\\.${name}\\b`).test(text))).toBe(true);
  });
});
