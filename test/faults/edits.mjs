// Many people edit one row over HTTP with If-Match: no update is lost, the rest is answered 409 or 412.
import { randomUUID } from 'node:crypto';

/** @returns `{ passed, failed, lines }` */
export async function edits(town, { people, each }) {
  const row = randomUUID();
  await town.query(`insert into inspection.edited values ($1, 1, '{}')`, [row]);
  const answers = new Map();
  const accepted = [];
  const person = async (name) => {
    for (let n = 1; n <= each; n += 1) {
      const { version } = await town.client.read(row);
      const answer = await town.client.edit(row, version, `${name}/${n}`, randomUUID());
      await answer.text();
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (answer.status === 200) accepted.push(`${name}/${n}`);
    }
  };
  await Promise.all(Array.from({ length: people }, (_, i) => person(`person-${i}`)));
  const [{ version, edits: kept }] = await town.query('select version, edits from inspection.edited where id = $1', [row]);
  const [{ n: noted }] = await town.query(`select count(*)::int as n from inspection.audit_entry where action = 'edited' and subject = $1`, [row]);
  const lost = accepted.filter((edit) => !kept.includes(edit)).length;
  const others = [...answers.keys()].filter((status) => ![200, 409, 412].includes(status));
  const sound = lost === 0 && others.length === 0 && kept.length === accepted.length && version === 1 + accepted.length && noted === accepted.length;
  const line = `${people} people x ${each} edits of one row: ${accepted.length} accepted, ${people * each - accepted.length} refused (${[...answers].map(([status, n]) => `${n} x ${status}`).join(', ')}), lost ${lost}, audit entries ${noted}`;
  return { passed: sound ? 1 : 0, failed: sound ? 0 : 1, lines: [line] };
}
