// P14: an auditor's replay with its checks of hashes and digests, against the bare replay of the same histories (protobuf
// bytes in both arms). And one whole case, from the file to the verdict.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@zhijian/audit';
import { eventHashes, objectsIn, payloadsOf, stepDigest, unzipped, verifyBundle } from '@zhijian/audit/bundle';
import { bundleCode, bytesOf, loadHistory, protoOf, quietRuntime, replaying, storedHistories } from '@zhijian/workflow-runtime';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { mustEqual } from './ground.mjs';
import { judged, paired } from './harness.mjs';
import { median } from './statistics.mjs';

const stored = fileURLToPath(new URL('../../workflows/histories/bundles/', import.meta.url));
const caseFile = 'hangzhou-unit.2026-11.zjb';

export async function run({ profile, random, say }) {
  quietRuntime();
  const workflowBundle = { code: await bundleCode() };
  const histories = storedHistories().map((path) => {
    const bytes = bytesOf(historyFromJSON(loadHistory(path)));
    return { workflowId: loadHistory(path).events[0].workflowExecutionStartedEventAttributes.workflowId, bytes, sha256: sha256(bytes), events: sha256(eventHashes(bytes)), journals: journalsOf(loadHistory(path)) };
  });
  const many = 4; // short pairs: what neighbours do comes and goes

  const replayed = async (check) => {
    function* each() {
      for (let round = 0; round < many; round += 1) for (const history of histories) { check(history); yield { workflowId: history.workflowId, history: protoOf(history.bytes) }; }
    }
    const cpu = process.cpuUsage();
    const began = performance.now();
    let done = 0;
    for await (const { error } of Worker.runReplayHistories({ workflowBundle }, each())) { mustEqual('replay', error, undefined); done += 1; }
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    mustEqual('histories', done, many * histories.length);
    return { seconds, cpu: (user + system) / 1000 / done };
  };
  const ours = () => replayed((history) => {
    mustEqual('bytes', sha256(history.bytes), history.sha256);
    mustEqual('events', sha256(eventHashes(history.bytes)), history.events);
    for (const { rows, digest } of history.journals) mustEqual('digest', stepDigest(rows), digest);
  });
  const done = await paired({ ours, bare: () => replayed(() => {}), profile, random, say });

  const took = [];
  for (let at = 0; at < 5; at += 1) {
    const began = performance.now();
    const { ok } = await verifyBundle(await unzipped(readFileSync(stored + caseFile)), replaying);
    mustEqual('verdict', ok, true);
    took.push((performance.now() - began) / 1000);
  }
  const worst = Math.max(...took);
  return { ...done, results: [
    judged('P14', `replay with hash and digest checks of ${histories.length} histories / bare replay`, done.figures.time, { atLeast: 0.9 }, { unit: ' s' }),
    { id: 'P14 case', what: 'one case from file to verdict, worst of five', value: `${worst.toFixed(2)} s (median ${median(took).toFixed(2)} s)`, bar: '≤ 10 s', verdict: worst <= 10 ? 'pass' : 'fail' },
  ] };
}

/** As many journal rows as each step of the history says it wrote, and their digest. */
function journalsOf({ events }) {
  return events.flatMap((event) => payloadsOf(event)).flatMap((value) => [...objectsIn(value)]).filter(({ journal, digest }) => Array.isArray(journal) && digest).map(({ journal: [from, to] }) => {
    const rows = Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => ({ seq: String(Number(from) + at), obligationId: `01a20000-0000-7000-8000-${String(at).padStart(12, '0')}`, what: 'opened', at: '2026-01-01T00:00:00Z', dueAt: '2026-02-01T00:00:00Z', momentId: 'm', actor: 'a' }));
    return { rows, digest: stepDigest(rows) };
  });
}
