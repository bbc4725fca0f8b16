import { createTopics } from './topics.js';

const brokers = process.env['KAFKA_BROKERS'];
if (!brokers) throw new Error('KAFKA_BROKERS is not set');
await createTopics(brokers);
