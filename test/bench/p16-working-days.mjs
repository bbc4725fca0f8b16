// P16: working days added and subtracted, day in and day out as text; against the look-up in arrays alone.
import { addDays, addWorkingDays, builtInCalendar, isWorkingDay, localDate } from '@zhijian/calendar';
import { mustEqual } from './ground.mjs';
import { paired } from './harness.mjs';
import { interval } from './statistics.mjs';

const questions = 4096;
const million = 1e6;

export async function run({ profile, random, say }) {
  const days = Array.from({ length: questions }, () => localDate(String(addDays('2014-01-01', Math.floor(random() * 4500)))));
  const spans = Int32Array.from({ length: questions }, () => { const span = 1 + Math.floor(random() * 60); return random() < 0.5 ? -span : span; });
  for (let at = 0; at < questions; at += 1) mustEqual('working day', addWorkingDays(days[at], spans[at], builtInCalendar), walked(days[at], spans[at]));

  // The bare arm: positions instead of texts, two arrays, no range check.
  const first = '2013-01-01';
  const upTo = new Int32Array(6000);
  const at = [];
  for (let position = 0, day = first; position < upTo.length; position += 1, day = addDays(day, 1)) {
    if (isWorkingDay(day, builtInCalendar)) at.push(position);
    upTo[position] = at.length;
  }
  const worked = Int32Array.from(at);
  const positions = Int32Array.from(days, (day) => Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000));
  let seen = 0;
  const ours = () => { for (let one = 0; one < questions; one += 1) seen ^= addWorkingDays(days[one], spans[one], builtInCalendar).charCodeAt(9); };
  const bare = () => { for (let one = 0; one < questions; one += 1) seen ^= worked[upTo[positions[one]] + spans[one]]; };

  const rounds = profile === 'full' ? 3000 : 1000;
  const timed = (work, times) => async () => {
    const cpu = process.cpuUsage();
    const began = performance.now();
    for (let round = 0; round < times; round += 1) work();
    const { user, system } = process.cpuUsage(cpu);
    const millions = (questions * times) / million;
    return { seconds: (performance.now() - began) / 1000 / millions, cpu: (user + system) / 1000 / millions };
  };
  const done = await paired({ ours: timed(ours, rounds), bare: timed(bare, rounds * 8), profile, random, say });
  const own = done.pairs.filter(({ same }) => !same);
  const rate = interval(own.map(({ ours: it }) => 1000 / it.cpu), random);
  const onClock = interval(own.map(({ ours: it }) => 1 / it.seconds), random);
  const shown = ({ median, low, high }) => `${median.toFixed(0)} M/s (${low.toFixed(0)}–${high.toFixed(0)})`;
  const verdict = (bar) => (rate.low >= bar ? 'pass' : rate.median >= bar ? 'no verdict' : 'fail');
  const { time } = done.figures;
  return { ...done, seen, results: [
    { id: 'P16', what: 'working days added or subtracted, per second of CPU', value: shown(rate), bar: '≥ 20 M/s', verdict: verdict(20) },
    { id: 'P16 moonshot', what: 'the same', value: shown(rate), bar: '≥ 100 M/s', verdict: verdict(100) === 'fail' ? 'info' : verdict(100) },
    { id: 'P16 clock', what: 'the same, by the clock on the wall', value: shown(onClock), bar: '', verdict: 'info' },
    { id: 'P16 ratio', what: 'the same / bare look-up of positions', ratio: { median: 1 / time.cost.median, low: 1 / time.cost.high, high: 1 / time.cost.low }, bar: '', same: time.same.median, ours: 1 / time.ours, bare: 1 / time.bare, unit: ' M/s', verdict: 'info' },
  ] };
}

/** Day by day: the oracle of the timed arm. */
function walked(day, span) {
  const step = Math.sign(span);
  let at = day;
  for (let left = Math.abs(span); left > 0;) {
    at = addDays(at, step);
    if (isWorkingDay(at, builtInCalendar)) left -= 1;
  }
  return at;
}
