const wide = (text) => [...text].reduce((sum, sign) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(sign) ? 2 : 1), 0);
const padded = (text, width) => text + ' '.repeat(Math.max(0, width - wide(text)));
const short = (value) => (value === undefined || Number.isNaN(value) ? '' : Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 1 ? value.toFixed(2) : value.toPrecision(3));

/** The results for people: figure, bar, verdict. */
export function table(results) {
  const rows = [['figure', 'what', 'result', '95 %', 'bar', 'A/A', 'ours', 'bare', 'verdict'], ...results.map((it) => [
    it.id, it.what, it.ratio ? `${short(it.ratio.median)}×` : String(it.value ?? ''), it.ratio ? `${short(it.ratio.low)}–${short(it.ratio.high)}` : '', it.bar ?? '',
    it.same ? short(it.same) : '', typeof it.ours === 'number' ? `${short(it.ours)}${it.unit ?? ''}` : '', typeof it.bare === 'number' ? `${short(it.bare)}${it.unit ?? ''}` : '', it.verdict,
  ])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => wide(row[column]))));
  return rows.map((row) => row.map((cell, column) => padded(cell, widths[column])).join('  ').trimEnd()).join('\n');
}
