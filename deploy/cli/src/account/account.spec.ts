import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ask, emptyFolder } from '../asked.fixture.js';

describe('account list', () => {
  it('shows role, place and institution; an accounts file replaces and adds', async () => {
    const file = join(emptyFolder(), 'accounts.json');
    const place = { code: '990101', name: '测试区', institutionId: 'i-1', institutionName: '示例体检中心 01' };
    writeFileSync(file, JSON.stringify([{ name: 'jigou', displayName: '经办人', role: 'institution', places: [place] }, { name: 'jigou-99', displayName: '经办人', role: 'institution', places: [place] }]));
    const { code, json, out } = await ask('account list --json', { env: { ACCOUNTS_FILE: file } });
    expect(code).toBe(0);
    expect(json.accounts.find((it) => it.name === 'jigou')?.places).toEqual([place]);
    expect(json.accounts.at(-1)?.name).toBe('jigou-99');
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it('does not exist in production', async () => {
    expect((await ask('account list', { env: { NODE_ENV: 'production' } })).code).toBe(1);
    expect((await ask('account token shi', { env: { NODE_ENV: 'production' } })).code).toBe(1);
  });
});

describe('account token', () => {
  it('asks the provider for one place and prints the token alone', async () => {
    const heard: string[] = [];
    const provider = createServer((request, response) => {
      request.on('data', (part: Buffer) => heard.push(part.toString())).on('end', () => response.setHeader('content-type', 'application/json').end('{"access_token":"t0ken","token_type":"Bearer","expires_in":3600}'));
    });
    await new Promise<void>((done) => { provider.listen(0, '127.0.0.1', done); });
    const { out, code } = await ask('account token xian --place 330106', { env: { OIDC_ISSUER: `http://127.0.0.1:${(provider.address() as AddressInfo).port}` } });
    provider.close();
    expect({ code, out }).toEqual({ code: 0, out: 't0ken\n' });
    expect(heard.join('')).toContain('account=xian&place=330106');
  });

  it('says what to do when the system is not running', async () => {
    const { code, err } = await ask('account token xian');
    expect(code).toBe(2);
    expect(err).toContain('npm start');
  });
});
