// Engines and system that several steps share; started when first asked for.
import { build, startEngines, startSystem, timeSkippingServer } from '../../deploy/local/engines.mjs';

let engines;
let system;

/** Throw-away Postgres, Kafka and Temporal. */
export const sharedEngines = () => (engines ??= startEngines({ postgres: true, kafka: true, temporal: true }));

/** What Jest's integration tests find in their environment. */
export async function engineEnvironment() {
  const { databaseUrl, kafkaBrokers, temporalAddress } = await sharedEngines();
  return { DATABASE_URL: databaseUrl, KAFKA_BROKERS: kafkaBrokers, TEMPORAL_ADDRESS: temporalAddress };
}

export const timeSkipping = async () => ({ TEMPORAL_TEST_EXE: await timeSkippingServer() });
export const built = () => build();

/** The whole system on free ports, with a demonstration clock. */
export const sharedSystem = () => (system ??= startSystem({ durable: false }));

export async function stopShared() {
  await (await system?.catch(() => undefined))?.stop();
  await (await engines?.catch(() => undefined))?.stop();
}

/** Journeys need quiet: the engines of the integration tests go first. */
export async function stopEngines() {
  await (await engines)?.stop();
  engines = undefined;
}
