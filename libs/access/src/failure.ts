/** The token does not hold: 401. The message is for the log, never for the caller. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** Whether the token holds cannot be said now, because the issuer's keys cannot be had: 503, not 401. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  constructor(cause: unknown) {
    super('the issuer does not answer', { cause });
  }
}
