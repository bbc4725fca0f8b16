import { headerOf, leavesOf, type FormColumn, type FormContent } from './form.js';

/** The official form exactly as printed: title, head line, merged heading, rows, notes. */
export function Sheet({ content, annex }: { content: FormContent; annex?: string | undefined }) {
  const columns = content.columns as FormColumn[];
  const leaves = leavesOf(columns);
  const marked = new Set(content.remarks.map(({ row }) => row - 1)); // remarks count rows from 1; 0 is the whole form
  return (
    <div className="sheet-scroll" tabIndex={0} role="region" aria-label={content.title}>
      <div className="sheet">
        {annex ? <p className="sheet-annex">{annex}</p> : null}
        <h2 className="sheet-title">{content.title}</h2>
        <p className="sheet-head">{Object.entries(content.head).map(([name, value]) => <span key={name}>{name}：{value}</span>)}</p>
        <table>
          <colgroup>{leaves.map(({ title, width }, index) => <col key={`${index} ${title}`} style={width ? { width: `${width}ch` } : {}} />)}</colgroup>
          <thead>{headerOf(columns).map((row, index) => <tr key={index}>{row.map(({ title, rowSpan, colSpan }) => <th key={title} scope={colSpan > 1 ? 'colgroup' : 'col'} rowSpan={rowSpan} colSpan={colSpan}>{title}</th>)}</tr>)}</thead>
          <tbody>
            {content.rows.map((row, index) => <tr key={index} className={marked.has(index) ? 'sheet-marked' : ''}>{row.map((cell, at) => <td key={at} className={typeof cell === 'number' || (cell ?? '').length <= 4 ? 'sheet-number' : ''}>{cell ?? ''}</td>)}</tr>)}
            {content.rows.length ? null : <tr><td colSpan={leaves.length} className="sheet-none">尚无可填的行</td></tr>}
          </tbody>
        </table>
        {content.notes.length ? <div className="sheet-notes">{content.notes.map((note) => <p key={note}>{note}</p>)}</div> : null}
      </div>
    </div>
  );
}
