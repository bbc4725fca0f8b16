// What if: another pack over five recorded years of a thousand bodies each; and the pack they were coloured by, which differs in nothing.
import { join } from 'node:path';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, parsePack, readFiles, whatIf } from '@zhijian/policy';
import { mustEqual } from './ground.mjs';

const [years, bodies] = [5, 1000];
const results = ['优秀', '合格', '不合格'];
const kinds = ['occupational-health-service', 'radiation-health-service'];

export async function run({ random, say }) {
  const files = await readFiles(join(builtInPacks, 'chongqing/colour-2024/1'));
  const pack = await parsePack(files);
  const stricter = files['decisions/colour.dmn'].replace(/("A-II-then"><text>)"yellow"/, '$1"red"');
  mustEqual('a changed cell', stricter === files['decisions/colour.dmn'], false);
  const candidate = await parsePack({ ...files, 'decisions/colour.dmn': stricter });
  const line = (kind) => ({ line: kind, served: random() > 0.03, score: random() > 0.02 ? (Math.floor(random() * 10_001) / 100).toFixed(2) : null, result: random() > 0.02 ? results[Math.floor(random() * 3)] : null, because: null });
  const recorded = Array.from({ length: years }, (_, at) => ({
    year: 2024 + at, pack, postedOn: '2025-03-10', publishedOn: '2025-03-18',
    bodies: Array.from({ length: bodies }, (_, body) => ({ institutionId: `body-${body}`, home: random() > 0.1, servesHere: true, lines: (random() > 0.8 ? kinds : kinds.slice(0, 1)).map(line) })),
  }));
  const timed = (other) => {
    const from = performance.now();
    const found = whatIf(other, recorded, builtInCalendar);
    return { found, seconds: (performance.now() - from) / 1000 };
  };
  const other = timed(candidate);
  const same = timed(pack);
  mustEqual('the identical pack', same.found.empty, true);
  // By hand: only bodies with a line of grade A and level II can change, and only to red.
  const hit = ({ served, score, result }) => served && score !== null && Number(score) >= 80 && result === '合格';
  const worse = ({ lines }) => lines.some(hit);
  mustEqual('only to red', other.found.changed.every(({ after }) => after === 'red'), true);
  mustEqual('whom it can change', other.found.changed.every(({ institutionId, year }) => worse(recorded[year - 2024].bodies.find((body) => body.institutionId === institutionId))), true);
  say(`${other.found.changed.length} colours changed, ${other.found.runs.length} runs, ${other.found.deadlines.length} deadlines`);
  const verdict = ({ seconds }) => (seconds < 60 ? 'pass' : 'fail');
  return { pairs: [], changed: other.found.changed.length, results: [
    { id: 'what-if', what: `another pack over ${years} years × ${bodies} bodies`, value: `${other.seconds.toFixed(2)} s`, bar: '< 60 s', verdict: verdict(other) },
    { id: 'what-if same', what: 'the identical pack: an empty difference', value: `${same.seconds.toFixed(2)} s`, bar: '< 60 s', verdict: verdict(same) },
  ] };
}
