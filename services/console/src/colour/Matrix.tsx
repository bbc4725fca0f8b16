import { Link } from 'react-router-dom';
import { titleOf, toneOf, type RunDetail } from './colour.js';
import './colour.css';

/** Grade by level: how many qualifications stand in each cell, each leading to its list. A cell says its colour in words too. */
export function Matrix({ run, chosen }: { run: RunDetail; chosen: { grade: string | null; level: string | null } }) {
  const { grades, levels, colours, cells } = run;
  const most = Math.max(1, ...cells.map(({ lines }) => lines));
  return (
    <table className="matrix">
      <caption className="zj-hidden">绩效评估质量等级与能力比对等级的矩阵，格内为资质项数</caption>
      <thead><tr><th scope="col">质量等级</th>{levels.map(({ id, title }) => <th key={id} scope="col">{title}</th>)}</tr></thead>
      <tbody>
        {grades.map(({ id: grade, title }) => (
          <tr key={grade}>
            <th scope="row">{title}</th>
            {levels.map(({ id: level, title: levelTitle }) => {
              const cell = cells.find((one) => one.grade === grade && one.level === level);
              const lines = cell?.lines ?? 0;
              const here = chosen.grade === grade && chosen.level === level;
              return (
                <td key={level} className={`matrix-${toneOf(colours, cell?.colour ?? null)}${here ? ' matrix-chosen' : ''}`} style={{ '--heat': lines / most } as React.CSSProperties}>
                  <Link to={here ? '?' : `?grade=${encodeURIComponent(grade)}&level=${encodeURIComponent(level)}#bodies`} aria-label={`${title}、${levelTitle}：${titleOf(colours, cell?.colour ?? null)}，${lines} 项`}>
                    <strong>{lines}</strong><span>{titleOf(colours, cell?.colour ?? null)}</span>
                  </Link>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
