// Brings the wanted engines up under one supervisor, those independent of each other at once.
import { join } from 'node:path';
import { kafkaProcess } from './kafka.mjs';
import { keptPorts } from './ports.mjs';
import { postgresProcess, postgresUrl } from './postgres.mjs';
import { createNamespace, temporalPortNames, temporalProcess } from './temporal.mjs';
import { temporalUiProcess } from './temporal-ui.mjs';

/**
 * `wanted` is `{ postgres, kafka, temporal, temporalUi }`, `addresses` holds engines that are there already
 * (`databaseUrl`, `kafkaBrokers`, `temporalAddress`), `ports` the ports of those we start.
 * Gives the three addresses. `report(name, milliseconds)` is told of each engine that is ready.
 */
export async function raiseEngines({ supervisor, folder, wanted, addresses = {}, ports, durable = true, namespace = 'zhijian', report = () => {} }) {
  const log = (name) => join(folder, 'logs', `${name}-setup.log`);
  const inner = await keptPorts(folder, ['kafka-controller', ...temporalPortNames.filter((name) => name !== 'temporal-frontend')]);
  const result = { ...addresses };
  const timed = async (name, work) => {
    const from = Date.now();
    await work();
    report(name, Date.now() - from);
  };

  const kafka = !wanted.kafka || result.kafkaBrokers ? undefined : timed('kafka', async () => {
    const spec = await kafkaProcess({ folder, port: ports.kafka, controllerPort: inner['kafka-controller'], log: log('kafka') });
    await supervisor.start(spec);
    result.kafkaBrokers = `127.0.0.1:${ports.kafka}`;
  });
  kafka?.catch(() => {}); // awaited below; a failure of Postgres may come first

  if ((wanted.postgres || wanted.temporal) && !result.databaseUrl) {
    await timed('postgres', async () => {
      await supervisor.start(await postgresProcess({ folder, port: ports.postgres, durable, log: log('postgres') }));
      result.databaseUrl = postgresUrl(ports.postgres);
    });
  }
  if (wanted.temporal && !result.temporalAddress) {
    await timed('temporal', async () => {
      const spec = await temporalProcess({ folder, port: ports.temporal, ports: inner, databaseUrl: result.databaseUrl, log: log('temporal') });
      await supervisor.start(spec);
      result.temporalAddress = `127.0.0.1:${ports.temporal}`;
      await createNamespace({ address: result.temporalAddress, namespace, log: log('temporal') });
    });
  }
  if (wanted.temporalUi) {
    await timed('temporal-ui', async () => {
      await supervisor.start(await temporalUiProcess({ folder, port: ports['temporal-ui'], temporalAddress: result.temporalAddress, namespace }));
    });
  }
  await kafka;
  return result;
}
