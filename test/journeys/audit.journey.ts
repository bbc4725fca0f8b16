import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { unzipped, zipped } from '@zhijian/audit/bundle';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';

const cli = fileURLToPath(new URL('../../deploy/cli/bin.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'zhijian-audit-'));
let workflowId: string;
let auditor: string;

interface Verdict { ok: boolean; checks: { name: string; ok: boolean }[]; firstDivergence: { where: string; message: string } | null }

/** The command line as an auditor has it; without `system`, on a laptop that reaches nothing. */
function asked(args: string[], system = true): Promise<{ code: number; out: string }> {
  const { urls, dir } = theSystem();
  const env = { ...process.env, NO_COLOR: '1', ...(system ? { GATEWAY_URL: urls.gateway, OIDC_ISSUER: urls.identity, ZHIJIAN_DATA: dir } : { GATEWAY_URL: 'http://127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1', DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1', ZHIJIAN_DATA: join(folder, 'laptop') }) };
  return new Promise((resolve) => { execFile(process.execPath, [cli, 'audit', ...args], { env, maxBuffer: 50_000_000 }, (error, out) => resolve({ code: error ? Number(error.code ?? 1) : 0, out })); });
}
/** The key of this system's log, as the portal publishes it. */
let key: string;
const verified = async (file: string, ...more: string[]): Promise<Verdict> => JSON.parse((await asked(['verify', file, '--json', ...(more.includes('--key') ? [] : ['--key', key]), ...more], false)).out) as Verdict;

beforeAll(async () => {
  auditor = await tokenOf('shenji');
  key = ((await (await fetch(`${theSystem().urls.portal}/public/v1/log/head`)).json()) as { key: string }).key;
  const campaign = await theCampaign(auditor);
  workflowId = `campaign/${campaign.campaignId}/${campaign.units.at(-1)!.code}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an auditor takes a case away', () => {
  const file = join(folder, 'case.zjb');

  it('as one file, which a laptop that reaches no server of ours verifies, given the key that the portal publishes', async () => {
    expect((await asked(['export', workflowId, '--out', file])).code).toBe(0);
    const verdict = await verified(file);
    expect(verdict).toMatchObject({ ok: true, firstDivergence: null });
    expect(verdict.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['file', 'signature', 'hashes', 'log', 'history', 'replay', 'journal', 'decisions', 'published']));
  }, 60_000);

  it('and reads its story in Chinese: time, step, result, clause and who', async () => {
    const { out } = await asked(['timeline', file], false);
    expect(out).toMatch(/2023-0\d-\d\d \d\d:\d\d {2}开启阶段（事件 \d+–\d+）：/);
    expect(out).toMatch(/依据 HZ-2023-\d+“/);
    expect(out).toMatch(/办理人 province:sheng/);
  }, 60_000);

  it('a change of it is found by its place', async () => {
    const files = await unzipped(readFileSync(file));
    files.set('rooms/inspection.json', Buffer.from(files.get('rooms/inspection.json')!.toString('utf8').replace('"what":"overdue"', '"what":"done"')));
    const changed = join(folder, 'changed.zjb');
    writeFileSync(changed, await zipped(files));
    const verdict = await verified(changed);
    expect(verdict.ok).toBe(false);
    expect(verdict.firstDivergence!.message).toMatch(/台账第 \d+/);
  }, 60_000);

  it('a truncated file, another installation and another key are told apart, and nothing is verified', async () => {
    const cut = join(folder, 'cut.zjb');
    writeFileSync(cut, readFileSync(file).subarray(0, 10_000));
    expect((await verified(cut)).checks).toEqual([{ name: 'file', ok: false }]);
    expect((await verified(file, '--installation', 'elsewhere')).checks.filter(({ ok }) => !ok)).toEqual([{ name: 'installation', ok: false }]);
    expect((await verified(file, '--key', '0'.repeat(64))).checks.filter(({ ok }) => !ok)).toEqual([{ name: 'signature', ok: false }]);
    const { code, out } = await asked(['verify', file, '--json'], false); // a laptop that was given no key
    expect([code, JSON.parse(out)]).toEqual([1, { ok: false, checks: [{ name: 'key', ok: false }], firstDivergence: { check: 'key', where: '', message: expect.stringContaining(key) } }]);
  }, 60_000);

  it('when Temporal has forgotten the run, too', async () => {
    const { temporalAddress } = theSystem();
    const connection = await Connection.connect({ address: temporalAddress });
    try {
      const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'zhijian';
      await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
      const known = () => connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } }).then(() => true, () => false);
      for (const end = Date.now() + 30_000; (await known()) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await known()).toBe(false);
    } finally {
      await connection.close();
    }
    const later = join(folder, 'later.zjb');
    expect((await asked(['export', workflowId, '--out', later])).code).toBe(0);
    expect((await verified(later)).ok).toBe(true);
  }, 90_000);
});

describe('the archive over HTTP', () => {
  it('is the auditor\'s alone, and verifies every kind of workflow', async () => {
    const { body } = await call<{ items: { workflowId: string; status: string }[] }>(auditor, 'GET', '/api/v1/audit/archives?limit=500');
    const kinds = [body.items.find((it) => it.workflowId.split('/').length === 2), body.items.find((it) => it.workflowId.endsWith('/*')), body.items.find((it) => it.workflowId === workflowId)];
    for (const one of kinds) expect((await call<Verdict>(auditor, 'GET', `/api/v1/audit/verification/${encodeURIComponent(one!.workflowId)}`)).body).toMatchObject({ ok: true, firstDivergence: null });
    for (const path of ['/api/v1/audit/archives', `/api/v1/audit/export/${encodeURIComponent(workflowId)}`, `/api/v1/audit/parts/inspection?workflowId=${encodeURIComponent(workflowId)}`]) expect((await call(await tokenOf('shi'), 'GET', path)).status).toBe(403);
  }, 90_000);

  it('draws cases that anybody draws again', async () => {
    const drawn = (seed: string) => call<{ result: string[]; pool: string[] }>(auditor, 'GET', `/api/v1/audit/sample?seed=${seed}&size=3`);
    const first = (await drawn('20261122')).body;
    expect(first.result).toHaveLength(3);
    expect((await drawn('20261122')).body).toEqual(first);
    const record = join(folder, 'sample.json');
    writeFileSync(record, JSON.stringify(first));
    const { urls, dir } = theSystem();
    const verdict = await new Promise<string>((resolve) => { execFile(process.execPath, [cli, 'draw', 'verify', record, '--json'], { env: { ...process.env, GATEWAY_URL: urls.gateway, ZHIJIAN_DATA: dir } }, (_error, out) => resolve(out)); });
    expect(JSON.parse(verdict)).toMatchObject({ ok: true });
  });
});
