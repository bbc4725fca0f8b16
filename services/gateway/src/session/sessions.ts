import { newId } from '@zhijian/contracts';
import { actorOf, IssuerUnavailable, type Principal } from '@zhijian/access';
import type { UnitOfWork } from '@zhijian/persistence';
import type { DataSource, QueryRunner } from 'typeorm';
import { hashOf, newSecret } from './cookie.js';
import type { Issuer, Tokens } from './issuer.js';

/** Whoever signs in signs in anew after this long. Real time, like all of this room's times. */
export const sessionSeconds = 12 * 3600;
const early = 30_000; // ms before its end an access token is replaced

interface Row { access_token: string; access_until: Date; refresh_token: string | null }

/** Who is signed in: rows, so that killing the gateway signs nobody out. The browser's cookie is stored as its hash only. */
export class Sessions {
  private readonly refreshing = new Map<string, Promise<string | undefined>>();

  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly issuer: Issuer) {}

  /** @param before the browser's old session, which ends. @returns the new cookie */
  async begin(principal: Principal, tokens: Tokens, before: string | undefined): Promise<string> {
    const secret = newSecret();
    await this.uow.run(this.callerOf(principal), async (tx) => {
      await tx.execute('delete from session where ends_at < now() or id_hash = $1', [before ? hashOf(before) : '']);
      await tx.execute(
        `insert into session (id_hash, account, access_token, access_until, refresh_token, id_token, begun_at, ends_at) values ($1, $2, $3, $4, $5, $6, now(), now() + $7 * interval '1 second')`,
        [hashOf(secret), principal.id, tokens.access, tokens.accessUntil, tokens.refresh, tokens.identity, sessionSeconds]);
      tx.note('gateway.signed-in', principal.id);
    });
    return secret;
  }

  /**
   * The access token of a session, replaced shortly before it ends.
   * @returns undefined when there is no such session (any more). @throws IssuerUnavailable when it must be replaced and cannot
   */
  async accessToken(secret: string): Promise<string | undefined> {
    const id = hashOf(secret);
    const [row] = await this.dataSource.query<Row[]>('select access_token, access_until, refresh_token from session where id_hash = $1 and ends_at > now()', [id]);
    if (!row || row.access_until.getTime() - Date.now() > early) return row?.access_token;
    const waiting = this.refreshing.get(id) ?? this.refresh(id).finally(() => this.refreshing.delete(id));
    this.refreshing.set(id, waiting);
    return waiting;
  }

  /** Ends a session. @returns its tokens for the issuer, if there was one */
  async end(secret: string, principal: Principal | undefined): Promise<{ refresh: string | null; identity: string | null } | undefined> {
    const id = hashOf(secret);
    return this.uow.run(principal ? this.callerOf(principal) : { actor: 'system:gateway', jurisdiction: '', cause: `http/${newId()}` }, async (tx) => {
      const [row] = await tx.query<{ account: string; refresh_token: string | null; id_token: string | null }>('delete from session where id_hash = $1 returning account, refresh_token, id_token', [id]);
      if (row) tx.note('gateway.signed-out', row.account);
      return row && { refresh: row.refresh_token, identity: row.id_token };
    });
  }

  /** One at a time for a session, over all gateways: the row is locked while the issuer is asked. */
  private async refresh(id: string): Promise<string | undefined> {
    const runner = this.dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.query('begin');
      const token = await this.refreshLocked(runner, id);
      await runner.query('commit');
      return token;
    } catch (error) {
      await runner.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async refreshLocked(runner: QueryRunner, id: string): Promise<string | undefined> {
    const rows = (await runner.query('select access_token, access_until, refresh_token from session where id_hash = $1 and ends_at > now() for update', [id])) as Row[];
    const row = rows[0];
    const left = row ? row.access_until.getTime() - Date.now() : 0;
    if (!row || left > early) return row?.access_token;
    try {
      const tokens = row.refresh_token ? await this.issuer.refreshed(row.refresh_token) : null;
      if (!tokens) {
        if (left > 0) return row.access_token;
        await runner.query('delete from session where id_hash = $1', [id]);
        return undefined;
      }
      await runner.query('update session set access_token = $2, access_until = $3, refresh_token = coalesce($4, refresh_token), id_token = coalesce($5, id_token) where id_hash = $1', [id, tokens.access, tokens.accessUntil, tokens.refresh, tokens.identity]);
      return tokens.access;
    } catch (error) {
      if (error instanceof IssuerUnavailable && left > 0) return row.access_token;
      throw error;
    }
  }

  private callerOf(principal: Principal) {
    return { actor: actorOf(principal), jurisdiction: principal.places[0]?.code ?? '', cause: `http/${newId()}` };
  }
}
