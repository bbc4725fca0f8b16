import type { AnswerOf, qualification } from '@zhijian/contracts/http';

export type RegisterImport = AnswerOf<typeof qualification.getRegisterImport>;
type Reader = { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> };

/** One import as HTTP shows it. */
export async function importById(reader: Reader, id: string): Promise<RegisterImport | undefined> {
  const [found] = await reader.query<RegisterImport>(
    `select id as "importId", file_name as "fileName", sha256, state, version, rows, good, errors, uploaded_at as "uploadedAt" from register_import where id = $1`, [id]);
  return found;
}
