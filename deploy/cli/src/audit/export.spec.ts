import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ask, emptyFolder } from '../asked.fixture.js';

const stored = readFileSync(fileURLToPath(new URL('../../../../workflows/histories/bundles/hangzhou-unit.2026-11.zjb', import.meta.url)));
const run = '01a20381-5d06-7b55-981f-bbc4b9059d32';
let server: Server;
let addresses: string[] = [];
const exported = (line: string, cwd = emptyFolder()) => { addresses = []; return ask(`audit export ${line}`, { cwd, env: { ZHIJIAN_TOKEN: 't', GATEWAY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }); };
interface Written { file: string; runId: string }

/** A gateway that knows one run, as the real one answers. */
beforeAll(async () => {
  server = createServer((request, response) => {
    addresses.push(request.url!);
    const asked = new URL(request.url!, 'http://x').searchParams.get('runId');
    if (asked === null || asked === run) response.end(stored);
    else response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title: '这件流程没有所指定的这次运行', errors: [] }));
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
});
afterAll(() => { server.close(); });

describe('audit export', () => {
  it('asks for the latest run when none is named, and for the named one', async () => {
    expect((await exported('campaign/c/330106 --out a.zjb')).code).toBe(0);
    expect(addresses).toEqual(['/api/v1/audit/export/campaign%2Fc%2F330106']);
    const { code, out } = await exported(`campaign/c/330106 --run ${run} --out a.zjb`);
    expect([code, addresses]).toEqual([0, [`/api/v1/audit/export/campaign%2Fc%2F330106?runId=${run}`]]);
    expect(out).toContain(`运行 ${run}`);
  });

  it('a folder holds it under the name of its case, and of its run where one was named', async () => {
    const cwd = emptyFolder();
    const names = [];
    for (const line of [`c/u --out .`, `c/u --run ${run} --out .`, `c/u --run ${run} --out own.zjb`]) names.push(((await exported(`${line} --json`, cwd)).json as unknown as Written).file.replace(`${cwd}/`, ''));
    expect(names).toEqual(['c-u.zjb', `c-u-${run}.zjb`, 'own.zjb']);
  });

  it('says in Chinese that there is no such run, and writes nothing', async () => {
    const { code, err } = await exported('c/u --run 00000000-0000-4000-8000-000000000000 --out a.zjb');
    expect([code, err]).toEqual([2, expect.stringContaining('这件流程没有所指定的这次运行')]);
  });

  it('has both in its help', async () => expect((await ask('audit export --help')).out).toMatch(/WORKFLOW-ID \[--run ID\] --out FILE[^]*--run/));
});
