import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { urlFor } from './migrate.js';

export interface DatabaseOptions {
  /** Address of the database; the role is replaced by the room's own. */
  url: string;
  schema: string;
  entities?: EntityTarget<ObjectLiteral>[];
  poolSize?: number;
}

/** The room's own connection pool: its role sees its own schema only. */
export function dataSourceFor({ url, schema, entities = [], poolSize = 12 }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres', url: urlFor(`${schema}_app`, url), schema, entities: entities as never, synchronize: false, poolSize,
    applicationName: `zhijian-${schema}`,
    extra: {
      options: `-c search_path=${schema} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`,
      connectionTimeoutMillis: 5000,
    },
  });
}
