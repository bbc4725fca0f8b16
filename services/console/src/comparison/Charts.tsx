import { reachOf, short, type Bar, type Bin } from './comparison.js';
import './comparison.css';

const [width, height, left, bottom] = [640, 220, 44, 26];

/** A value of its own in a histogram, as a line with its word. */
export interface Mark { readonly at: number; readonly word: string }

/** How many results lie where; the assigned value as a line. */
export const Histogram = ({ title, unit, classes, assigned }: { title: string; unit: string; classes: readonly Bin[]; assigned: string | null }) =>
  <Spread title={`${title}结果分布（${classes.reduce((all, { count }) => all + count, 0)} 个结果，单位 ${unit}）`} bins={classes} marks={assigned === null ? [] : [{ at: Number(assigned), word: `指定值 ${assigned}` }]} />;

/** A histogram with lines at values of their own. Beside the picture stands what it shows, as words. */
export function Spread({ title, bins, marks }: { title: string; bins: readonly Bin[]; marks: readonly Mark[] }) {
  if (bins.length === 0) return <p className="zj-soft">没有结果。</p>;
  const most = Math.max(...bins.map(({ count }) => count));
  const step = (width - left) / bins.length;
  const tall = (count: number) => (count / most) * (height - bottom - 16);
  const [least, greatest] = [bins[0]!.from, bins.at(-1)!.to];
  const placed = greatest === least ? [] : marks.map((mark) => ({ ...mark, x: left + ((mark.at - least) / (greatest - least)) * (width - left) })).filter(({ x }) => x >= left && x <= width);
  return (
    <figure className="comparison-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}：${bins.map(({ from, to, count }) => `${short(from)} 至 ${short(to)} 有 ${count} 个`).join('，')}${marks.map(({ word }) => `；${word}`).join('')}`}>
        {bins.map(({ from, to, count }, i) => (
          <g key={from}>
            <rect className="comparison-bin" x={left + i * step + 1} width={step - 2} y={height - bottom - tall(count)} height={tall(count)}><title>{`${short(from)} 至 ${short(to)}：${count} 个`}</title></rect>
            {count ? <text className="comparison-count" x={left + (i + 0.5) * step} y={height - bottom - tall(count) - 4}>{count}</text> : null}
            <text className="comparison-tick" x={left + i * step} y={height - 8}>{short(from)}</text>
          </g>
        ))}
        <line className="comparison-axis" x1={left} x2={width} y1={height - bottom} y2={height - bottom} />
        {placed.map(({ x, word }) => <g key={word}><line className="comparison-assigned" x1={x} x2={x} y1={4} y2={height - bottom} /><text className="comparison-assigned-word" x={x + 4} y={14}>{word}</text></g>)}
      </svg>
    </figure>
  );
}

/** Every score from the least to the greatest, with the limits; what reaches beyond the scale is cut and says so. */
export function ScoreChart({ title, word, bars, satisfactory, unsatisfactory }: { title: string; word: string; bars: readonly Bar[]; satisfactory: string; unsatisfactory: string }) {
  if (bars.length === 0) return <p className="zj-soft">没有评分。</p>;
  const [inner, outer] = [Number(satisfactory), Number(unsatisfactory)];
  const reach = reachOf(bars, Math.max(inner, outer));
  const middle = (height - bottom) / 2 + 6;
  const of = (score: number) => (Math.max(-reach, Math.min(reach, score)) / reach) * (middle - 10);
  const step = (width - left) / bars.length;
  const lines = [...new Set([-outer, -inner, inner, outer])];
  const count = (verdict: Bar['verdict']) => bars.filter((it) => it.verdict === verdict).length;
  return (
    <figure className="comparison-chart">
      <figcaption>{title} {word} 值（由小到大；界限 {satisfactory} 和 {unsatisfactory}）</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}：${bars.length} 家，满意 ${count('satisfactory')}，有问题 ${count('questionable')}，不满意 ${count('unsatisfactory')}`}>
        {lines.map((limit) => (
          <g key={limit}>
            <line className={Math.abs(limit) === outer ? 'comparison-outer' : 'comparison-inner'} x1={left} x2={width} y1={middle - of(limit)} y2={middle - of(limit)} />
            <text className="comparison-limit" x={left - 6} y={middle - of(limit) + 4}>{limit}</text>
          </g>
        ))}
        <line className="comparison-axis" x1={left} x2={width} y1={middle} y2={middle} />
        {bars.map(({ key, score, shown, verdict, own }, i) => {
          const size = Math.max(1.5, Math.abs(of(score)));
          return (
            <rect key={key} className={`comparison-bar comparison-${verdict ?? 'none'}${own ? ' comparison-own' : ''}`} x={left + i * step + step * 0.15} width={Math.max(1, step * 0.7)} y={score < 0 ? middle : middle - size} height={size}>
              <title>{`${own ? '本机构' : `实验室 ${key}`}：${word} = ${shown}${Math.abs(score) > reach ? '（超出图示范围）' : ''}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="comparison-key"><span className="comparison-satisfactory" /> 满意 {count('satisfactory')} <span className="comparison-questionable" /> 有问题 {count('questionable')} <span className="comparison-unsatisfactory" /> 不满意 {count('unsatisfactory')}{bars.some(({ own }) => own) ? <> <span className="comparison-own-key" /> 本机构</> : null}</p>
    </figure>
  );
}
