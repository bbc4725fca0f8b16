import { signHead, type CommandEntry, type LogKey, type SignedHead } from '@zhijian/audit';
import { attributesOf, bundlePaths, kindOf, type HistoryEvent, type LogProofs, type Manifest, type RoomPart } from '@zhijian/audit/bundle';
import type { Bundle } from './tampered-bundle.fixture.js';

/** One way to lie: what is done to a bundle, and where the check must point. */
export interface Tampering { what: string; change: (bundle: Bundle, key: LogKey) => void; where: RegExp; message: RegExp }

type Row = Record<string, unknown>;
const rows = (part: RoomPart, table: string): Row[] => part.rows[table]!;
const eventOf = (events: HistoryEvent[], kind: string, holding = ''): HistoryEvent => events.find((event) => kindOf(event) === kind && texts(event).includes(holding))!;
const texts = (event: HistoryEvent): string => payloadOf(event).map((payload) => Buffer.from(payload.data, 'base64').toString('utf8')).join(' ');
const payloadOf = (event: HistoryEvent): { data: string }[] => ['input', 'result'].flatMap((name) => ((attributesOf(event)[name] ?? {}) as { payloads?: { data: string }[] }).payloads ?? []);
const reworded = (event: HistoryEvent, from: RegExp, to: string): void => { for (const payload of payloadOf(event)) payload.data = Buffer.from(Buffer.from(payload.data, 'base64').toString('utf8').replace(from, to), 'utf8').toString('base64'); };
const factNamed = (part: RoomPart, type: string) => part.facts.find(({ body }) => (JSON.parse(body) as { type: string }).type === type)!;
const otherHex = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

const history = /^history\.pb#\d+$/;
const inspection = (what: string): RegExp => new RegExp(`^rooms/inspection\\.json#${what}`);

export const tamperings: readonly Tampering[] = [
  { what: 'a signal tells something else', where: history, message: /第 \d+ 号事件/, change: (bundle) => bundle.history(({ events }) => reworded(eventOf(events, 'WORKFLOW_EXECUTION_SIGNALED'), /"dueAt":"2/, '"dueAt":"3')) },
  { what: 'a step came to another result', where: history, message: /步骤完成/, change: (bundle) => bundle.history(({ events }) => reworded(eventOf(events, 'ACTIVITY_TASK_COMPLETED', '"overdue"'), /"overdue":\d+/, '"overdue":99')) },
  { what: 'an event happened at another time', where: history, message: /第 \d+ 号事件/, change: (bundle) => bundle.history(({ events }) => { events[12]!.eventTime = '2026-01-01T00:00:00Z'; }) },
  { what: 'two events change places', where: history, message: /次序|编号/, change: (bundle) => bundle.history(({ events }) => { events.splice(9, 2, events[10]!, events[9]!); }) },
  { what: 'the end of the history is cut off', where: history, message: /缺失/, change: (bundle) => bundle.history(({ events }) => { events.splice(-3); }) },
  { what: 'an event is taken out of the middle', where: history, message: /第 \d+ 号事件/, change: (bundle) => bundle.history(({ events }) => { events.splice(20, 1); }) },
  { what: 'the history is of another run', where: history, message: /运行|内容与归档时不同/, change: (bundle) => bundle.history(({ events }) => { (attributesOf(events[0]!) as Row)['originalExecutionRunId'] = '00000000-0000-4000-8000-000000000000'; }) },
  { what: 'the history and the list of its hashes are both made anew', where: /^history\.(?:pb|events)/, message: /哈希|历史|SHA-256/, change: (bundle) => { bundle.history(({ events }) => { events[15]!.eventTime = '2026-01-01T00:00:00Z'; }); bundle.relisted(); } },
  { what: 'another activity is ordered', where: history, message: /第 \d+ 号事件/, change: (bundle) => bundle.history(({ events }) => { (attributesOf(eventOf(events, 'ACTIVITY_TASK_SCHEDULED')) as { activityType: { name: string } }).activityType.name = 'remind'; }) },
  { what: 'another bundle is put in place of the one that ran', where: /^workflow-bundle\.js$/, message: /流程程序/, change: ({ files }) => { files.set(bundlePaths.bundle, Buffer.concat([files.get(bundlePaths.bundle)!, Buffer.from('\n')])); } },
  { what: 'a fact is dropped', where: inspection('facts/'), message: /缺失/, change: (bundle) => bundle.room('inspection', (part) => { part.facts.splice(part.facts.indexOf(factNamed(part, 'inspection.stage-opened')), 1); }) },
  { what: 'a fact tells something else', where: inspection('facts/'), message: /SHA-256/, change: (bundle) => bundle.room('inspection', (part) => { const fact = factNamed(part, 'inspection.stage-opened'); fact.body = fact.body.replace(/"obligations":\d+/, '"obligations":77'); }) },
  { what: 'a fact is made up', where: inspection('facts/'), message: /没有任何日志条目提到/, change: (bundle) => bundle.room('inspection', (part) => { part.facts.push({ id: '01a20000-0000-7000-8000-000000000000', body: part.facts[0]!.body }); }) },
  { what: 'a row of the journal gets another due date', where: inspection('journal/'), message: /台账第/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'journal').find(({ what }) => what === 'opened')!['dueAt'] = '2023-12-31T16:00:00.000Z'; }) },
  { what: 'a row of the journal becomes in time', where: inspection('journal/'), message: /台账第/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'journal').find(({ what }) => what === 'overdue')!['what'] = 'done'; }) },
  { what: 'the journal names another actor', where: inspection('journal/'), message: /办理人/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'journal').find(({ what }) => what === 'overdue')!['actor'] = 'county:somebody@330106'; }) },
  { what: 'a row of the journal is moved in time', where: inspection('journal/'), message: /时间|不同/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'journal').find(({ what, momentId }) => what === 'opened' && momentId)!['at'] = '2023-01-02T01:00:00.000Z'; }) },
  { what: 'a row of the journal is taken out', where: inspection('(?:journal|obligation)/'), message: /台账/, change: (bundle) => bundle.room('inspection', (part) => { part.rows['journal'] = rows(part, 'journal').filter(({ what }, at, all) => what !== 'overdue' || all.findIndex((row) => row['what'] === 'overdue') !== at); }) },
  { what: 'an obligation is said to be done', where: inspection('journal/'), message: /状态/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'obligation').find(({ state }) => state === 'overdue')!['state'] = 'done'; }) },
  { what: 'another pack lies under the name of the one that ruled', where: /^packs\//, message: /政策包/, change: ({ files }) => { const path = [...files.keys()].find((one) => one.startsWith('packs/'))!; files.set(path, Buffer.from(files.get(path)!.toString('utf8').replace('2023-04-30', '2023-05-30').replace('version: 1', 'version: 2'))); } },
  { what: 'a clause of the pack is worded otherwise', where: /^packs\//, message: /政策包/, change: ({ files }) => { const path = [...files.keys()].find((one) => one.startsWith('packs/'))!; files.set(path, Buffer.from(files.get(path)!.toString('utf8').replace('限期整改', '择期整改'))); } },
  { what: 'a holiday is added to the calendar', where: /^calendars\//, message: /工作日历/, change: ({ files }) => { const path = [...files.keys()].find((one) => one.startsWith('calendars/'))!; files.set(path, Buffer.from(files.get(path)!.toString('utf8').replace('"2023-05-01"', '"2023-05-01","2023-05-04"'))); } },
  { what: 'a form is replaced', where: inspection('form/'), message: /表 /, change: (bundle) => bundle.room('inspection', (part) => { ((rows(part, 'form')[0]!['content'] as { rows: unknown[][] }).rows[0]!)[1] = '另一家机构'; }) },
  { what: 'an entry of the log names another actor', where: inspection('entries/'), message: /叶哈希/, change: (bundle) => bundle.room('inspection', (part) => { const entry = part.entries[3]!; entry.body = entry.body.replace(/"actor":"[^"]*"/, '"actor":"county:somebody@330106"'); }) },
  { what: 'what somebody did is put down to a run that never was', where: inspection('entries/'), message: /没有这次运行的归档/, change: (bundle) => { const { workflowId } = bundle.read<Manifest>(bundlePaths.manifest); const step = JSON.stringify({ activity: '1', id: workflowId, run: '00000000-0000-4000-8000-000000000000' }); bundle.room('inspection', (part) => { const entry = part.entries.find(({ body }) => body.endsWith('"workflow":null}'))!; entry.body = entry.body.replace(/null\}$/, `${step}}`); }); } },
  { what: 'an entry of the log is dropped', where: /^proofs\.json#/, message: /删去/, change: (bundle) => bundle.room('publication', (part) => { part.entries.splice(0, 1); part.facts.splice(0, 1); part.rows['published']!.splice(0, 1); }) },
  { what: 'an entry is dropped with its proof', where: /^history\.pb#\d+$|^rooms\/inspection\.json#(?:facts|journal)\//, message: /没有|日志/, change: (bundle) => { let id = ''; bundle.room('inspection', (part) => { const at = part.entries.findIndex(({ body }) => (JSON.parse(body) as CommandEntry).notes.some(({ action }) => action === 'moment sweep')); id = part.entries.splice(at, 1)[0]!.id; }); bundle.json<LogProofs>(bundlePaths.proofs, (proofs) => { delete proofs.entries[id]; }); } },
  { what: 'a proof is forged', where: inspection('entries/'), message: /不在签名树头/, change: (bundle) => bundle.json<LogProofs>(bundlePaths.proofs, (proofs) => { const proof = proofs.entries[bundle.read<RoomPart>(bundlePaths.room('inspection')).entries[2]!.id]!; proof.path[0] = otherHex(proof.path[0]!); }) },
  {
    what: 'an older head is put in place of the one of the proofs', where: /^proofs\.json$|entries\//, message: /树头/,
    change: (bundle, key) => {
      const older = (signed: SignedHead): SignedHead => signHead({ ...signed.head, size: signed.head.size - 1, root: otherHex(signed.head.root) }, key);
      bundle.json<LogProofs>(bundlePaths.proofs, (proofs) => { proofs.head = older(proofs.head); });
      bundle.json<Manifest>(bundlePaths.manifest, (manifest) => { manifest.treeHead = older(manifest.treeHead!); });
    },
  },
  { what: 'a change of the campaign gets a day', where: inspection('amendment/'), message: /中止的日期与作出时所记的不同/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment')[0]!['dueOn'] = '2023-05-31'; }) },
  { what: 'a change of the campaign names another actor', where: inspection('amendment/'), message: /恢复的办理人与/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment')[1]!['actor'] = 'city:somebody@330100'; }) },
  { what: 'a change of the campaign is moved in time', where: inspection('amendment/'), message: /恢复的时间与/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment')[1]!['amendedAt'] = '2023-03-25T01:05:26.340Z'; }) },
  { what: 'a change of the campaign becomes another', where: inspection('amendment/'), message: /种类与/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment')[0]!['kind'] = 'extend'; }) },
  { what: 'a change of the campaign is taken out', where: inspection('facts/'), message: /2023-03-20 的中止在变更记录中缺失/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment').shift(); }) },
  { what: 'a change of the campaign is made up', where: inspection('amendment/'), message: /延期在日志中没有事实可查/, change: (bundle) => bundle.room('inspection', (part) => { rows(part, 'amendment').push({ ...rows(part, 'amendment')[0], id: '01a20000-0000-7000-8000-000000000001', kind: 'extend', dueOn: '2023-05-31' }); }) },
  { what: 'what was public is worded otherwise', where: /^rooms\/publication\.json#published\//, message: /公开内容/, change: (bundle) => bundle.room('publication', (part) => { (rows(part, 'published')[0]!['content'] as Row)['address'] = '别处 1 号'; }) },
  { what: 'a body of the roster stands otherwise', where: inspection('member/'), message: /名单状态/, change: (bundle) => bundle.room('inspection', (part) => { const member = rows(part, 'member').find(({ reason }) => reason === null)!; member['state'] = member['state'] === 'in' ? 'idle' : 'in'; }) },
  { what: 'the archive names another state', where: /^archive\.json$/, message: /归档/, change: (bundle) => bundle.json<Row>(bundlePaths.archive, (record) => { record['closedAt'] = '2020-01-01T00:00:00.000+08:00'; }) },
];

/** Only where the bundle holds certificates. */
export const certificateTamperings: readonly Tampering[] = [
  { what: 'a certificate is taken out', where: inspection('certificates/'), message: /缺失/, change: (bundle) => bundle.room('inspection', (part) => { part.certificates.splice(0, 1); }) },
  { what: 'a certificate quotes a clause otherwise', where: inspection('certificates/'), message: /凭证/, change: (bundle) => bundle.room('inspection', (part) => { const it = part.certificates.find(({ body }) => body.includes('"quote":"'))!; it.body = it.body.replace(/"quote":"./, '"quote":"另'); }) },
  { what: 'a certificate comes to another outcome', where: inspection('certificates/'), message: /凭证/, change: (bundle) => bundle.room('inspection', (part) => { const it = part.certificates[0]!; it.body = it.body.replace(/"determined":true/, '"determined":false'); }) },
  { what: 'a rule is worded otherwise', where: inspection('certificates/'), message: /规则/, change: (bundle) => bundle.room('inspection', (part) => { const it = part.ruleTexts[0]!; it.body = `${it.body} `; }) },
];
