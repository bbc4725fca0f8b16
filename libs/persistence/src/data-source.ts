import { DataSource, type EntityTarget, type ObjectLiteral, type QueryRunner } from 'typeorm';
import { send, type Connection } from './batch.js';
import { urlFor } from './migrate.js';
import { currentScope, opening } from './scope.js';

export interface DatabaseOptions {
  /** Address of the database; the role is replaced by the room's own. */
  url: string;
  schema: string;
  entities?: EntityTarget<ObjectLiteral>[];
  poolSize?: number;
  /** Every connection's own reach, where nobody's scope says another: for tests that look behind the doors. Else: nothing is seen. */
  reach?: 'all';
}

/** Runners as the driver makes them: the transaction opens its context itself. */
const plain = new WeakMap<DataSource, () => QueryRunner>();

/**
 * The room's own connection pool: its role sees its own schema only, and there only the rows of the scope it is asked in
 * (`within`). The scope goes out with the statement, in one round trip; whoever asks without one sees no protected row.
 */
export function dataSourceFor({ url, schema, entities = [], poolSize = 12, reach }: DatabaseOptions): DataSource {
  const source = new DataSource({
    type: 'postgres', url: urlFor(`${schema}_app`, url), schema, entities: entities as never, synchronize: false, poolSize,
    applicationName: `zhijian-${schema}`,
    extra: {
      options: `-c search_path=${schema} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000${reach ? ` -c app.reach=${reach}` : ''}`,
      connectionTimeoutMillis: 5000,
    },
  });
  const make = source.createQueryRunner.bind(source);
  plain.set(source, make);
  source.createQueryRunner = (mode) => scoped(make(mode));
  return source;
}

/** A runner for a transaction that opens its own context. */
export const plainRunner = (source: DataSource): QueryRunner => (plain.get(source) ?? (() => source.createQueryRunner()))();

/** Every statement of this runner outside a transaction is one transaction with the scope it is asked in. */
function scoped(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner) as (sql: string, values?: unknown[], structured?: boolean) => Promise<unknown>;
  runner.query = (async (sql: string, values: unknown[] = [], structured?: boolean) => {
    const scope = currentScope();
    if (!scope || runner.isTransactionActive || /^\s*(start|begin|commit|rollback|savepoint|release)\b/i.test(sql)) return query(sql, values, structured);
    const { rows, rowCount, command } = (await send((await runner.connect()) as Connection, [opening(scope), { text: sql, values }])).at(-1)!;
    const raw = command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows;
    return structured ? { raw, records: rows, affected: rowCount } : raw;
  }) as QueryRunner['query'];
  return runner;
}
