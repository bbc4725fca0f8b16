// Two arms on the same engines, taken in turn; the answer is the median of the ratios of pairs.
import { load, spin } from './machine.mjs';
import { interval, median, quantile } from './statistics.mjs';

export const profiles = {
  smoke: { pairs: 3, warm: 1, same: 2 },
  full: { pairs: 25, warm: 2, same: 15 },
};
/**
 * How many pairs of a profile: in full `often` times as many, and the bare arm against itself `selves` times as often, for a
 * figure whose pairs are short and lie far apart on shared cores: its median must be known better than what it is to tell.
 */
export function countsOf(profile, often = 1, selves = often) {
  const { pairs, warm, same } = profiles[profile];
  return profile === 'full' ? { pairs: pairs * often, warm, same: same * selves } : { pairs, warm, same };
}

/** Probes around pieces of work that follow each other: how slow the machine was meanwhile. */
function watching() {
  let last;
  return async (work) => {
    const before = last ?? spin();
    const loaded = load();
    const result = await work();
    last = spin();
    return { result, probe: Math.max(before, last), load: loaded };
  };
}

const quiet = (rows) => {
  const normal = median(rows.map(({ probe }) => probe));
  return rows.filter(({ probe }) => probe <= normal * 1.1);
};

/** A quantile far out is taken over the samples of several pairs: of one arm alone it would be its worst. */
const valueOf = (figure) => (typeof figure === 'number' ? figure : quantile(figure.of, figure.q));
function pooled(list, name, random, draws = 500) {
  const { q, together } = list[0].result.a.figures[name];
  const ratioOf = (some) => {
    const all = (side) => some.flatMap(({ result }) => result[side].figures[name].of);
    return quantile(all('a'), q) / quantile(all('b'), q);
  };
  if (together) {
    const size = Math.min(together, list.length);
    return interval(Array.from({ length: Math.floor(list.length / size) }, (_, at) => ratioOf(list.slice(at * size, (at + 1) * size))), random);
  }
  const drawn = Array.from({ length: draws }, () => ratioOf(list.map(() => list[Math.floor(random() * list.length)])));
  return { median: ratioOf(list), low: quantile(drawn, 0.025), high: quantile(drawn, 0.975), n: list.length };
}

/**
 * Takes `ours` and `bare` in pairs (ABBA in blocks of two, the first order of each block by chance), after warm-up, and
 * `bare` against itself. An arm is `async () => ({ seconds, … })` or gives several figures at once, `{ figures: { p50, p99 } }`;
 * a figure `{ of: samples, q, together }` is a quantile of the samples of so many pairs in a row, its ratio the median of
 * theirs; without `together`, of all pairs, its interval drawn from pairs.
 * @returns per figure `{ cost, same, pairs }`: our cost over the bare one (time or CPU; above 1 is dearer)
 */
export async function paired({ ours, bare, profile, often = 1, selves = often, random, say = () => {} }) {
  const { pairs, warm, same } = countsOf(profile, often, selves);
  const watched = watching();
  const figuresOf = (sample) => sample.figures ?? { time: sample.seconds };
  let flip = false;
  const one = async (first, second, at) => {
    if (at % 2 === 0) flip = random() < 0.5;
    else flip = !flip;
    const row = await watched(async () => {
      if (!flip) { const a = await first(); return { a, b: await second() }; }
      const b = await second();
      return { a: await first(), b };
    });
    const { a, b } = row.result;
    const ratios = Object.fromEntries(Object.keys(figuresOf(a)).map((name) => [name, valueOf(figuresOf(a)[name]) / valueOf(figuresOf(b)[name])]));
    say(`${Object.entries(ratios).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(' ')} (load ${row.load})`);
    return { ...row, ratios };
  };
  for (let at = 0; at < warm; at += 1) await one(ours, bare, at);
  const rows = [];
  for (let at = 0; at < pairs; at += 1) rows.push(await one(ours, bare, at));
  say('the anchor against itself');
  const itself = [];
  for (let at = 0; at < same; at += 1) itself.push(await one(bare, bare, at));

  const kept = quiet(rows);
  const keptItself = quiet(itself);
  const over = (list, name) => (typeof figuresOf(list[0].result.a)[name] === 'number' ? interval(list.map(({ ratios }) => ratios[name]), random) : pooled(list, name, random));
  const figures = Object.fromEntries(Object.keys(rows[0].ratios).map((name) => [name, {
    cost: over(kept, name), same: over(keptItself, name),
    ours: median(kept.map(({ result }) => valueOf(figuresOf(result.a)[name]))), bare: median(kept.map(({ result }) => valueOf(figuresOf(result.b)[name]))),
  }]));
  const cpu = kept.map(({ result }) => result).filter(({ a, b }) => a.cpu && b.cpu);
  return {
    figures, dropped: rows.length - kept.length, load: [Math.min(...rows.map((row) => row.load)), Math.max(...rows.map((row) => row.load))],
    ...(cpu.length ? { cpu: { ours: median(cpu.map(({ a }) => a.cpu)), bare: median(cpu.map(({ b }) => b.cpu)), ratio: median(cpu.map(({ a, b }) => a.cpu / b.cpu)) } } : {}),
    pairs: [...rows, ...itself].map(({ result, ratios, probe, load: at }, index) => ({ same: index >= rows.length, ratios, probe, load: at, ours: result.a, bare: result.b })),
  };
}

/**
 * Compares a paired figure with its bar. `atLeast` reads the figure as speed (bare ÷ ours), `atMost` as cost (ours ÷ bare).
 * Passes when the whole interval clears the bar, fails when its median does not; anything between is no verdict. So is an
 * anchor that differs from itself by more than 3 %, unless the interval clears the bar by more than what the anchor strays
 * (*pass, anchor off*); one that strays by more than 10 % tells nothing.
 */
export function judged(id, what, { cost, same, ours, bare }, { atLeast, atMost }, more = {}) {
  const ratio = atLeast ? { median: 1 / cost.median, low: 1 / cost.high, high: 1 / cost.low, n: cost.n } : cost;
  const astray = Math.max(same.median, 1 / same.median);
  const clears = (value) => (atLeast ? value >= atLeast : value <= atMost);
  const worst = atLeast ? ratio.low : ratio.high;
  const judge = () => {
    if (same.median >= 0.97 && same.median <= 1.03) return clears(worst) ? 'pass' : clears(ratio.median) ? 'no verdict' : 'fail';
    return astray <= 1.1 && clears(atLeast ? worst / astray : worst * astray) ? 'pass, anchor off' : 'no verdict';
  };
  return { id, what, ratio, bar: atLeast ? `≥ ${atLeast}×` : `≤ ${atMost}×`, same: same.median, ours, bare, verdict: judge(), ...more };
}

/** A counter that must hold exactly: no clock, no chance. */
export const counted = (id, what, value, bar, ok) => ({ id, what, value, bar, verdict: ok === undefined ? 'info' : ok ? 'pass' : 'fail' });
