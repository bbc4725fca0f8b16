import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { qualification } from '@zhijian/contracts/http';
import { registerTable, writeTable, type RegisterRow } from '@zhijian/documents';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { aCreditCode } from '../institution/institution.fixture.js';
import { room as description } from '../room.js';

const officer = aPrincipal('county', '990101');
let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-02-15T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const aLine = (number: number, change: Partial<RegisterRow> = {}): RegisterRow => ({
  creditCode: aCreditCode(number), name: `导入医院${number}`, kind: 'health-examination', jurisdiction: '990101', address: '测试路1号', contactPost: '医务科',
  filingNumber: `${number}号`, filedOn: '2021-06-01', categories: ['粉尘类'], items: [], outreach: false, invented: true, ...change,
});
const upload = async (lines: RegisterRow[], as = officer) => room.call(qualification.importRegister, {
  as, file: await writeTable(registerTable, lines as unknown as Record<string, unknown>[]), query: { fileName: '名单.xlsx' },
});
const confirm = (importId: string, as = officer) => room.call(qualification.confirmRegisterImport, { as, params: { importId } });
const registered = () => room.facts('qualification.institution-registered');

describe('importing a list of institutions', () => {
  it('shows good lines and bad cells first, and registers only what is good when confirmed', async () => {
    const lines = [aLine(1), aLine(2, { creditCode: `${aCreditCode(2).slice(0, 16)}XX` }), aLine(3, { jurisdiction: '990102' }), aLine(4, { filedOn: '2023-02-16' }), aLine(5, { categories: [] })];
    const { status, body } = await upload(lines);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'preview', rows: 5, good: [{ name: '导入医院1' }], fileName: '名单.xlsx' });
    expect(body.errors.map(({ path }) => path)).toEqual(['名单!A3', '名单!D4', '名单!H5', '名单!A6:L6']);
    expect(body.errors[0]?.message).toContain('统一社会信用代码');
    expect(await registered()).toEqual([]);

    expect(await confirm(body.importId)).toMatchObject({ status: 201, body: { registered: 1, unchanged: 0 } });
    expect(await confirm(body.importId)).toMatchObject({ status: 201, body: { registered: 1, unchanged: 0 } });
    expect(await registered()).toMatchObject([{ jurisdiction: '990101', data: { name: '导入医院1', revision: 1, filing: { number: '1号', filedIn: '990101' } } }]);
    expect((await room.audit(body.importId)).map(({ action }) => action)).toEqual(['register import previewed', 'register import confirmed']);
    expect((await room.call(qualification.getRegisterImport, { as: officer, params: { importId: body.importId } })).body).toMatchObject({ state: 'confirmed', version: 2 });
  });

  it('keeps no words of a line that it refuses', async () => {
    const words = '欧阳骞翊';
    const { body } = await upload([aLine(6, { creditCode: words }), aLine(7, { jurisdiction: words }), aLine(8, { filedOn: words }), aLine(9, { kind: words as RegisterRow['kind'] }), aLine(10, { items: [words, words] })]);
    expect([body.good, new Set(body.errors.map(({ path }) => path.replace(/.*!/, '')))]).toEqual([[], new Set(['A2', 'D3', 'H4', 'C5', 'J6'])]);
    const tables = ['register_import', 'handled', 'outbox', 'command_entry', 'kept_text'];
    expect((await Promise.all(tables.map((table) => database.query('qualification', `select 1 from ${table} t where strpos(t::text, $1) > 0`, [words])))).flat()).toEqual([]);
  });

  it('the same file a second time registers nothing new', async () => {
    const lines = [aLine(11), aLine(12)];
    await confirm((await upload(lines)).body.importId);
    const before = (await registered()).length;
    expect((await confirm((await upload(lines)).body.importId)).body).toEqual({ registered: 0, unchanged: 2 });
    expect(await registered()).toHaveLength(before);
  });

  it('confirmed by two at once is registered once', async () => {
    const { body } = await upload([aLine(21), aLine(22)]);
    const [one, two] = await Promise.all([confirm(body.importId), confirm(body.importId)]);
    expect(one.body).toEqual({ registered: 2, unchanged: 0 });
    expect(two.body).toEqual(one.body);
  });

  it('a file that is no table, or has another header, gives one clear fault and no line', async () => {
    const junk = await room.call(qualification.importRegister, { as: officer, file: new TextEncoder().encode('PK\u0003\u0004 not a table') });
    expect(junk.body).toMatchObject({ rows: 0, good: [] });
    expect(junk.body.errors).toHaveLength(1);
    const other = { ...registerTable, columns: registerTable.columns.filter(({ key }) => key !== 'address') };
    const { address: _, ...line } = aLine(31);
    const header = await room.call(qualification.importRegister, { as: officer, file: await writeTable(other, [line]) });
    expect(header.body).toMatchObject({ rows: 0, good: [] });
    expect(header.body.errors[0]?.message).toContain('地址');
  });

  it('is not seen by an officer of another place', async () => {
    const { body } = await upload([aLine(41)]);
    const stranger = aPrincipal('county', '990102');
    expect((await room.call(qualification.getRegisterImport, { as: stranger, params: { importId: body.importId } })).status).toBe(404);
    expect((await confirm(body.importId, stranger)).status).toBe(404);
    expect((await confirm(newId())).status).toBe(404);
  });
});
