/** How the names of administrative places end, in the order in which they are named together. */
const endings = ['区', '县', '旗', '市', '州', '盟'] as const;

/** What places are called whose names say nothing of their kind. */
const anyPlace = '地区';

/**
 * What the reporting units of a pack are called together where the pack has no word of its own: by how their names end.
 * A 市 beside 区 or 县 is one of the rank of a county and stands in brackets, as official papers write it.
 */
export function unitWordOf(units: readonly { readonly name: string }[]): string {
  if (units.length === 0 || units.some(({ name }) => !endings.some((ending) => name.endsWith(ending)))) return anyPlace;
  const found = endings.filter((ending) => units.some(({ name }) => name.endsWith(ending)));
  const counties = found.some((ending) => ending !== '市' && ending !== '州' && ending !== '盟');
  return counties && found.includes('市') ? `${found.filter((ending) => ending !== '市').join('、')}（市）` : found.join('、');
}
