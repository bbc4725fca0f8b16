import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { ask } from '../asked.fixture.js';

const kept = fileURLToPath(new URL('../../../../workflows/histories/bundles/hangzhou-unit.2026-11.zjb', import.meta.url));
interface Line { group: string; step: string; result: string }

it('the story of a kept case names bodies, visits, reports and forms, and shows no bare number', async () => {
  const { json } = await ask(`audit timeline ${kept} --json`);
  const lines = (json as unknown as { lines: Line[] }).lines;
  const [did, flow] = ['办理', '流程'].map((group) => lines.filter((line) => line.group === group)) as [Line[], Line[]];
  expect(did.length).toBeGreaterThan(40);
  expect([...did, ...flow].filter(({ result }) => !/[\u4e00-\u9fff]/.test(result) || /[0-9a-f]{8}-[0-9a-f]{4}-/.test(result))).toEqual([]);
  expect([did[0], did.find(({ step }) => step === '登记检查'), did.find(({ step }) => step === '报送报表'), flow[0]].map((line) => line?.result)).toEqual([
    '示例体检中心 108', '示例体检中心 110，2023-04-27 的检查', '“职业健康检查执业行为自查情况登记表”第 1 版', '2023年杭州市职业健康检查执业行为专项治理（演示），淳安县',
  ]);
});

it('says that nothing was verified, in words and in JSON', async () => {
  expect((await ask(`audit timeline ${kept} --json`)).json).toMatchObject({ ok: true, verified: false });
  expect((await ask(`audit timeline ${kept}`)).out.trimEnd().split('\n').at(-1)).toContain('未经核对');
});
