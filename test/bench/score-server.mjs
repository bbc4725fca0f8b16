// The HTTP side of the quality-control room as a process of its own; its relay and consumer do not run.
import { built } from './ground.mjs';

const [, , url, issuer] = process.argv;
process.on('disconnect', () => process.exit());

const { room } = await built('services/quality-control/dist/room.js');
const { roomApp } = await import('@zhijian/service-kit');
const { dataSourceFor } = await import('@zhijian/persistence');
const { tokenVerifier } = await import('@zhijian/access');
const now = '2026-02-02T09:00:00.000+08:00';
const clock = { now: () => now, milliseconds: () => Date.parse(now), passed: (instant) => Date.parse(instant) <= Date.parse(now), wakeAt: (instant) => instant };
const dataSource = await dataSourceFor({ url, schema: 'quality_control', entities: room.entities ?? [] }).initialize();
const app = await roomApp(room, { dataSource, verify: tokenVerifier({ issuer, audience: 'zhijian-api' }), clock, sender: { announce: () => undefined, next: () => null } });
await app.listen(0, '127.0.0.1');
process.send({ url: await app.getUrl() });
