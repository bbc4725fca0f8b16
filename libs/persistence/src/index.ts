export { dataSourceFor, type DatabaseOptions } from './data-source.js';
export { migrateAll, migrateSchema, urlFor, appPassword } from './migrate.js';
export { UnitOfWork } from './unit-of-work.js';
export type { Caller, Tx } from './tx.js';
export { KeyReused, StaleWrite } from './conflict.js';
export { schemaFolders } from './roles.js';
export { send, type Connection } from './batch.js';
export { prepared, type Statement } from './prepared.js';
export { currentScope, everywhere, nowhere, within, type Scope } from './scope.js';
