// Twenty kinds of fault, each in one cell of one line. `put` takes a faultless line (as shown), gives the line with the fault.
import { bodiesOf, items } from './score-ground.mjs';

const of = (kind, column, put, which = () => true) => ({ kind, column, put, which });
const foreign = (kind) => ({ shown, turn }) => { const { creditCode, name } = bodiesOf(25, kind)[turn]; return { ...shown, creditCode, name }; };
const set = (key, value) => ({ shown }) => ({ ...shown, [key]: value });
const plain = (item) => !item.key && !item.mayNotApply;

export const faultKinds = [
  of('no credit code', 'creditCode', set('creditCode', null)),
  of('a wrong check digit', 'creditCode', ({ shown }) => ({ ...shown, creditCode: shown.creditCode.slice(0, 17) + (shown.creditCode.endsWith('0') ? '1' : '0') })),
  of('a code of no register', 'creditCode', foreign('D')),
  of('a body of another line', 'creditCode', foreign('B')),
  of('a body of another place', 'creditCode', foreign('C')),
  of('another name', 'name', set('name', '另一家机构')),
  of('an unknown kind of body', 'line', set('line', '职业卫生机构')),
  of('another line', 'line', set('line', '职业健康检查机构')),
  of('a year in words', 'year', set('year', '今年')),
  of('a year not begun', 'year', set('year', 2099)),
  of('another year', 'year', set('year', 2020)),
  of('an unknown item', 'item', set('item', '9.9')),
  of('the words of another item', 'text', set('text', '别的指标')),
  of('a score in words', 'score', set('score', '优秀'), plain),
  of('a score finer than the grid', 'score', set('score', '4.25'), plain),
  of('a score above the points', 'score', set('score', '5.5'), plain),
  of('a formula', 'score', set('score', { formula: 'SUM(1,2)', result: 3 }), plain),
  of('an error value', 'score', set('score', { error: '#N/A' }), plain),
  of('not applicable where it must apply', 'notApplicable', ({ shown }) => ({ ...shown, score: null, notApplicable: '是' }), plain),
  of('a key item nobody judged', 'keyPassed', set('keyPassed', null), (item) => item.key),
];

/** So many faults, as many of each kind, far apart: line → what is put there. */
export function faultsIn(lines, count) {
  const at = new Map();
  for (let n = 0; n < count; n += 1) {
    const fault = faultKinds[n % faultKinds.length];
    let index = Math.floor((n * lines) / count);
    while (at.has(index) || !fault.which(items[index % items.length])) index += 1;
    at.set(index, { ...fault, turn: Math.floor(n / faultKinds.length) });
  }
  return at;
}
