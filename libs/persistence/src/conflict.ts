/** Somebody else changed the row meanwhile: HTTP 412. */
export class StaleWrite extends Error {
  constructor() {
    super('the row was changed meanwhile');
  }
}

/** An idempotency key came again with another body: HTTP 422. */
export class KeyReused extends Error {
  constructor(readonly key: string) {
    super(`the key ${key} was used with another body`);
  }
}
