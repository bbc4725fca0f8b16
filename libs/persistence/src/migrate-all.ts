import { migrateAll } from './migrate.js';

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_URL is not set');
const applied = await migrateAll({ url });
console.log(applied.length ? applied.join('\n') : 'nothing to migrate');
