export { createTopics } from './topics.js';
export { kafkaFor } from './kafka.js';
export { Loop } from './loop.js';
export { Relay, type RelayOptions } from './relay.js';
export { FactConsumer, RefusedFact, type Arrival, type Handler, type Handlers } from './consumer.js';
export { Parking, type Parked } from './parking.js';
export { factsController, kafkaTransport, whenConsumerGivesUp } from './transport.js';
export { isOutage } from './outage.js';
export { parse } from './parse.js';
