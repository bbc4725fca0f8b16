import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { theSystem } from './system.js';

interface Account { name: string; displayName: string; role: string; places: object[] }
const file = (): string => join(theSystem().dir, 'accounts.json');
const written = (accounts: readonly Account[]): void => {
  writeFileSync(`${file()}.test`, JSON.stringify(accounts));
  renameSync(`${file()}.test`, file());
};
const read = (): Account[] => JSON.parse(readFileSync(file(), 'utf8')) as Account[];

/** An account of the demonstration's issuer that nobody else uses, for one role. What it may do is said by the directory alone, once a person of it is registered. */
export const addAccount = (name: string, role = 'county'): void => written([...read(), { name, displayName: '示例人员', role, places: [] }]);
export const removeAccount = (name: string): void => written(read().filter((it) => it.name !== name));
