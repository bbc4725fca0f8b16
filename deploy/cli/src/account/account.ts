import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { textOf, type Answer, type Command } from '../command/command.js';
import { dataFolder, repository } from '../command/folders.js';
import { tokenFor } from './token.js';

interface Place { code: string; name?: string | null; institutionId?: string | null; institutionName?: string | null }
interface Account { name: string; displayName: string; role: string; places: Place[] }

const inProduction: Answer = { ok: false, json: { error: { message: '生产环境没有演示账号', problems: [] } }, text: '生产环境没有演示账号' };
const production = (env: NodeJS.ProcessEnv): boolean => env['NODE_ENV'] === 'production';

export const accountList: Command = {
  noun: 'account', verb: 'list', usage: '', summary: '演示账号：角色、辖区、机构（密码均为 demo）', takes: 0, options: {},
  async answer({ surroundings: { env } }) {
    if (production(env)) return inProduction;
    const accounts = accountsOf(env);
    return { ok: true, json: { accounts }, text: accounts.map(line).join('\n') };
  },
};

export const accountToken: Command = {
  noun: 'account', verb: 'token', usage: 'NAME [--place CODE]', summary: '演示账号的访问令牌，可限于一个辖区', takes: 1, options: { place: { type: 'string' } },
  async answer({ arguments: [name = ''], values, surroundings: { env } }) {
    if (production(env)) return inProduction;
    const token = await tokenFor(env, name, textOf(values, 'place'));
    return { ok: true, json: token, text: token.access_token };
  },
};

/** The built-in accounts; those of the accounts file replace them by name and come after them. */
function accountsOf(env: NodeJS.ProcessEnv): Account[] {
  const builtIn = accountsIn(join(repository, 'services/identity/demonstration-accounts.json'));
  const file = env['ACCOUNTS_FILE'];
  const own = accountsIn(file ? (isAbsolute(file) ? file : join(repository, file)) : join(dataFolder(env), 'accounts.json'));
  return [...builtIn.map((it) => own.find(({ name }) => name === it.name) ?? it), ...own.filter(({ name }) => !builtIn.some((it) => it.name === name))];
}

const accountsIn = (file: string): Account[] => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Account[]) : []);

function line({ name, displayName, role, places }: Account): string {
  const where = places.map(({ code, name: place, institutionName }) => [code, place, institutionName].filter(Boolean).join(' '));
  return `${name.padEnd(12)} ${role.padEnd(15)} ${displayName}  ${where.slice(0, 3).join('，') || '—'}${where.length > 3 ? ` 等 ${where.length} 处` : ''}`;
}
