// A client as they should be: it sends a command with its key until somebody answers.
import { pause } from '../wait.mjs';

/** `{ command(trialId), edit(rowId, version, by), read(rowId) }`; `command` answers what the room answered in the end. */
export function clientOf({ url, token }) {
  const call = (method, path, { body, key, ifMatch } = {}) => fetch(`${url}${path}`, {
    method, signal: AbortSignal.timeout(10_000), body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...(key ? { 'idempotency-key': key } : {}), ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
  });

  async function command(trialId, { within = 240_000 } = {}) {
    const end = Date.now() + within;
    const tries = [];
    while (Date.now() < end) {
      try {
        const answer = await call('POST', `/api/v1/trials/${trialId}`, { body: { name: trialId }, key: trialId });
        tries.push(answer.status);
        if (answer.status < 300) return { trialId, tries, answer: await answer.json() };
        if (answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`);
        await answer.body?.cancel();
      } catch (error) {
        if (/^4\d\d:/.test(error.message)) throw error;
        tries.push(error.cause?.code ?? error.name);
      }
      await pause(50);
    }
    throw new Error(`command ${trialId} was not answered: ${tries.slice(-5)}`);
  }

  return {
    call, command,
    edit: (rowId, version, by, key) => call('PUT', `/api/v1/rows/${rowId}`, { body: { by }, ifMatch: version, key }),
    read: async (rowId) => (await call('GET', `/api/v1/rows/${rowId}`)).json(),
  };
}
