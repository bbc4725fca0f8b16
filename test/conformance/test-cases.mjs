// Expected results of the DMN compatibility kit, read from its XML.

/** A small reader for the kit's files: elements, attributes, text; no entities but the five, no document types. */
export function elementsOf(xml) {
  const root = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const plain = xml.replaceAll(/<\?[^]*?\?>|<!--[^]*?-->/g, '');
  for (const [, close, name, attributes, empty, text] of plain.matchAll(/<(\/?)([\w:.-]+)([^<>]*?)(\/?)>|([^<]+)/g)) {
    if (text !== undefined) { open.at(-1).text += decoded(text); continue; }
    if (close) { open.pop(); continue; }
    const element = { name: name.replace(/^.*:/, ''), attributes: Object.fromEntries([...attributes.matchAll(/([\w:.-]+)\s*=\s*"([^"]*)"/g)].map(([, key, value]) => [key, decoded(value)])), children: [], text: '' };
    open.at(-1).children.push(element);
    if (!empty) open.push(element);
  }
  return root;
}

const signs = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decoded = (text) => text.replaceAll(/&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-f]+));/gi, (_, sign, decimal, hex) => (sign ? signs[sign] : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))));

const inside = (element, name) => element.children.filter((child) => child.name === name);

/** What an input node or an expected result says: a value, an object of components, or a list of items. */
function valueOf(element) {
  const [list] = inside(element, 'list');
  if (list) return inside(list, 'item').map(valueOf);
  const components = inside(element, 'component');
  if (components.length > 0) return Object.fromEntries(components.map((child) => [child.attributes.name, valueOf(child)]));
  const [value] = inside(element, 'value');
  if (!value || value.attributes['xsi:nil'] === 'true') return null;
  const type = (value.attributes['xsi:type'] ?? '').replace(/^.*:/, '');
  if (['decimal', 'double', 'integer', 'int', 'float', 'long'].includes(type)) return Number(value.text);
  return type === 'boolean' ? value.text.trim() === 'true' : value.text;
}

/** @returns `[{ id, inputs, results: [{ decision, expected }] }]` */
export function testCasesOf(xml) {
  const [suite] = elementsOf(xml).children;
  return inside(suite, 'testCase').map((one) => ({
    id: one.attributes.id,
    inputs: Object.fromEntries(inside(one, 'inputNode').map((node) => [node.attributes.name, valueOf(node)])),
    results: inside(one, 'resultNode').map((node) => ({ decision: node.attributes.name, expected: valueOf(inside(node, 'expected')[0]) })),
  }));
}

/** Equal as the kit means it: numbers to the digits it prints, lists in order, objects by their names. */
export function alike(actual, expected) {
  if (typeof expected === 'number') return typeof actual === 'number' && Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected));
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((one, i) => alike(actual[i], one));
  if (expected === null || typeof expected !== 'object') return (actual ?? null) === expected;
  const names = Object.keys(expected);
  return typeof actual === 'object' && actual !== null && Object.keys(actual).length === names.length && names.every((name) => alike(actual[name], expected[name]));
}
