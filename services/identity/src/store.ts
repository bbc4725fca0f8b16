import { join } from 'node:path';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { readJson, writeJson } from './files.js';

interface Row { payload: AdapterPayload; until: number }

/**
 * The provider's memory (sign-ins, grants, refresh tokens) in one small file, written before it answers: whoever was signed in
 * stays so when this process dies. Enough for a demonstration, not for a ministry.
 */
export class Store {
  private readonly file: string;
  private rows: Map<string, Row>;

  constructor(folder: string) {
    this.file = join(folder, 'sign-ins.json');
    this.rows = new Map(Object.entries((readJson(this.file) ?? {}) as Record<string, Row>));
  }

  /** One model's view, as oidc-provider asks for it. */
  readonly adapter = (model: string): Adapter => {
    const find = (test: (payload: AdapterPayload) => boolean) => this.find((key, payload) => key.startsWith(`${model} `) && test(payload));
    return {
      upsert: async (id, payload, expiresIn) => this.put(`${model} ${id}`, { payload, until: expiresIn ? Date.now() + expiresIn * 1000 : Number.MAX_SAFE_INTEGER }),
      find: async (id) => this.get(`${model} ${id}`),
      findByUid: async (uid) => find((payload) => payload.uid === uid),
      findByUserCode: async (code) => find((payload) => payload.userCode === code),
      destroy: async (id) => this.drop((key) => key === `${model} ${id}`),
      revokeByGrantId: async (grant) => this.drop((_, { payload }) => payload.grantId === grant),
      consume: async (id) => {
        const row = this.rows.get(`${model} ${id}`);
        if (row) this.put(`${model} ${id}`, { ...row, payload: { ...row.payload, consumed: Math.floor(Date.now() / 1000) } });
      },
    };
  };

  private get(key: string): AdapterPayload | undefined {
    const row = this.rows.get(key);
    return row && row.until > Date.now() ? row.payload : undefined;
  }

  private find(test: (key: string, payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload, until }] of this.rows) if (until > Date.now() && test(key, payload)) return payload;
    return undefined;
  }

  private put(key: string, row: Row): void {
    this.rows.set(key, row);
    this.keep();
  }

  private drop(test: (key: string, row: Row) => boolean): void {
    for (const [key, row] of this.rows) if (test(key, row)) this.rows.delete(key);
    this.keep();
  }

  private keep(): void {
    const now = Date.now();
    for (const [key, { until }] of this.rows) if (until <= now) this.rows.delete(key);
    writeJson(this.file, Object.fromEntries(this.rows));
  }
}
