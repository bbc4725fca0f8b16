import type { DataSource } from 'typeorm';
import { hashOf } from './cookie.js';
import type { SignInChecks } from './issuer.js';

/** Sign-ins that are on their way at the issuer: ten minutes, once, in the browser that began them. Several tabs may be. */
export class Attempts {
  constructor(private readonly dataSource: DataSource) {}

  async keep(browser: string, { state, nonce, verifier }: SignInChecks, returnTo: string): Promise<void> {
    await this.dataSource.query('delete from sign_in where ends_at < now()');
    await this.dataSource.query(
      `insert into sign_in (state_hash, browser_hash, verifier, nonce, return_to, ends_at) values ($1, $2, $3, $4, $5, now() + interval '10 minutes')`, [hashOf(state), hashOf(browser), verifier, nonce, returnTo]);
  }

  /** Takes it out: a second return with the same state finds nothing. */
  async take(browser: string, state: string): Promise<(SignInChecks & { returnTo: string }) | undefined> {
    const [rows] = await this.dataSource.query<[{ nonce: string; verifier: string; return_to: string }[]]>(
      'delete from sign_in where state_hash = $1 and browser_hash = $2 and ends_at > now() returning nonce, verifier, return_to', [hashOf(state), hashOf(browser)]);
    const row = rows[0];
    return row && { state, nonce: row.nonce, verifier: row.verifier, returnTo: row.return_to };
  }
}
