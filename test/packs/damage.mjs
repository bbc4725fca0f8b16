// Damages to a pack, each decided by chance alone: the same chance gives the same damage.
import { isMap, isScalar, isSeq, parseDocument, stringify, visit } from 'yaml';

const below = (chance, limit) => Math.floor(chance() * limit);
const one = (chance, list) => list[below(chance, list.length)];
const named = (files, shape) => Object.keys(files).filter((path) => shape.test(path)).sort();
const text = (files, path) => files[path].toString('utf8');
const put = (files, path, content) => { files[path] = Buffer.from(content); };

/** Values that a field of another kind might be given by mistake, or on purpose. */
const strange = [null, true, false, 0, -1, 1.5, 1e21, '', '-', 'x', '../../etc/passwd', '__proto__', 'constructor', 'toString', '2024-02-30', '9999-12-31', '0001-01-01', '2150-01-01', '2024-13', 'AMB-XX-9', 'XX-2024-99', '°', '甲', '\u202e', '1'.repeat(400), [], {}, [[]], [null], { a: { b: { c: 1 } } }, ['x', 1, null], 2 ** 53, -0, '12345678901234567890', '0.1', '1e9', '100%', '-5', 'null', 'yes'];
const strangeCells = ['', '-', '- -', '""', '"', 'null', 'true', '80', '> 80', '>= 80, < 60', '[60..', '[100..0]', ']0..1[', '80-100', 'not(', 'not(null)', '?', '? > 1', 'x', 'score', 'a.b.c', '"甲"', 'for i in 1..100000000 return i', 'some x in 1..100000000 satisfies x > 3', 'count([1..100000000])', 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")', 'now()', 'date("2024-02-30")', '1/0', '9e99', '10**1000', '1 = 1', '{a: 1}', '[1,2,3][4]', 'function(x) x', '@"P1D"', '&lt;', '&amp;amp;', '&#0;', '&xxe;', ']]&gt;', '('.repeat(300), '"'.repeat(11), '\u0000', '~', '#'];

const kinds = {
  'bytes flipped': (files, chance) => {
    const path = one(chance, Object.keys(files).sort());
    const bytes = files[path];
    const times = 1 + below(chance, 8);
    for (let time = 0; time < times && bytes.length > 0; time += 1) { const at = below(chance, bytes.length); bytes[at] ^= 1 << below(chance, 8); }
    return path;
  },
  'lines cut': (files, chance) => {
    const path = one(chance, Object.keys(files).sort());
    const lines = text(files, path).split('\n');
    const from = below(chance, lines.length);
    const gone = lines.splice(from, 1 + below(chance, 6));
    if (chance() < 0.3) lines.splice(below(chance, lines.length + 1), 0, ...gone); // or put elsewhere
    put(files, path, lines.join('\n'));
    return `${path}:${from + 1}`;
  },
  'file cut short': (files, chance) => {
    const path = one(chance, Object.keys(files).sort());
    files[path] = files[path].subarray(0, below(chance, files[path].length));
    return path;
  },
  'file gone, renamed or added': (files, chance) => {
    const path = one(chance, Object.keys(files).sort());
    const content = files[path];
    if (chance() < 0.5) delete files[path];
    if (chance() < 0.7) files[one(chance, [`${path}x`, 'decisions/a.dmn', 'tests/a.yaml', 'forms/a.json', 'checklists/a.yaml', 'rules.yaml', 'other/a.yaml', 'decisions/A.dmn', path.replace('/', '-')])] = content;
    return path;
  },
  'node retyped': (files, chance) => node(files, chance, (value) => one(chance, [...strange, [value], { x: value }, String(value)])),
  'node removed': (files, chance) => node(files, chance, undefined),
  'node duplicated': (files, chance) => {
    const { path, document, places } = document_(files, chance);
    const place = one(chance, places.filter(({ parent }) => isSeq(parent)).length ? places.filter(({ parent }) => isSeq(parent)) : places);
    if (!place) return path;
    const { parent, at } = place;
    parent.items.splice(at, 0, parent.items[at]);
    return written(files, path, document, at);
  },
  'key renamed': (files, chance) => {
    const { path, document, places } = document_(files, chance);
    const place = one(chance, places.filter(({ parent }) => isMap(parent)));
    if (!place) return path;
    place.parent.items[place.at].key = document.createNode(one(chance, ['x', '__proto__', 'constructor', 'id', 'clauses', '<<', 'TEST-2024-01', '', 'A'.repeat(1100), 'due', '甲']));
    return written(files, path, document, place.at);
  },
  'reference broken': (files, chance) => {
    const { path, document, places } = document_(files, chance);
    const words = places.map(({ parent, at }) => (isMap(parent) ? parent.items[at].value : parent.items[at])).filter((it) => isScalar(it) && typeof it.value === 'string' && /^[A-Za-z][\w-]*$/.test(it.value));
    const [from, to] = [one(chance, words), one(chance, words)];
    if (!from) return path;
    from.value = one(chance, [to.value, 'nobody', 'constructor', 'institution', `${from.value}x`, from.value.toUpperCase(), '../x', '']);
    return written(files, path, document, from.value);
  },
  'cell damaged': (files, chance) => dmn(files, chance, /<text>([^<]*)<\/text>/g, (cell, cells) => `<text>${one(chance, [...strangeCells, one(chance, cells)]).replaceAll('<', '&lt;')}</text>`),
  'attribute damaged': (files, chance) => dmn(files, chance, /\s([\w:]+)="([^"]*)"/g, (attribute, attributes) => ` ${attribute.trim().split('=')[0]}="${one(chance, ['', 'x', 'FIRST', 'PRIORITY', 'RULE ORDER', 'SUM', 'string', 'number', 'boolean', 'date', 'feel:any', '__proto__', '甲', '1', one(chance, attributes).split('"')[1]])}"`),
  'element damaged': (files, chance) => dmn(files, chance, /<(rule|input|output|inputEntry|outputEntry|annotationEntry|inputValues|outputValues)\b[^>]*>[^]*?<\/\1>/g, (element) => one(chance, ['', element + element, element.replace(/^<\w+/, '<extra'), element.slice(0, -3), `<!--${element}-->`, element.replaceAll('text', 'txt'), `${element}<defaultOutputEntry><text>1</text></defaultOutputEntry>`])),
  'something put in': (files, chance) => {
    const path = one(chance, Object.keys(files).sort());
    const content = text(files, path);
    const at = below(chance, content.length);
    const piece = one(chance, ['\u0000', '\ufeff', '\r', '\t', '&a [*a]', '*a', '!!binary ', '---\n', '%YAML 1.1\n', '<!DOCTYPE x>', '<!ENTITY x "y">', '<![CDATA[', '-->', '{'.repeat(500), '['.repeat(60_000), '- '.repeat(2000), '\n? [a]\n: 1\n', '\n<<: {x: 1}\n', '\n__proto__: {x: 1}\n', '"', "'", '#', '|', '>', ': ', '🙂', '\ud800', `\n${Array.from({ length: 3000 }, (_, i) => `k${i}: 1`).join('\n')}\n`]);
    put(files, path, content.slice(0, at) + piece + content.slice(at));
    return path;
  },
};

/** One YAML or JSON file of the pack as nodes, and every place in it. */
function document_(files, chance) {
  const path = one(chance, named(files, /\.(yaml|json)$/));
  const document = parseDocument(text(files, path));
  const places = [];
  visit(document, { Map: (_, parent) => { parent.items.forEach((_item, at) => places.push({ parent, at })); }, Seq: (_, parent) => { parent.items.forEach((_item, at) => places.push({ parent, at })); } });
  return { path, document, places };
}

function written(files, path, document, at) {
  put(files, path, path.endsWith('.json') ? JSON.stringify(document.toJS()) : stringify(document, { lineWidth: 0 }));
  return `${path} ${at}`;
}

function node(files, chance, changed) {
  const { path, document, places } = document_(files, chance);
  const place = one(chance, places);
  if (!place) return path;
  const { parent, at } = place;
  const item = parent.items[at];
  if (!changed) parent.items.splice(at, 1);
  else if (isMap(parent)) item.value = document.createNode(changed(isScalar(item.value) ? item.value.value : 'x'));
  else parent.items[at] = document.createNode(changed(isScalar(item) ? item.value : 'x'));
  return written(files, path, document, isMap(parent) ? item.key : at);
}

function dmn(files, chance, shape, changed) {
  const paths = named(files, /\.dmn$/);
  if (paths.length === 0) return 'no table';
  const path = one(chance, paths);
  const content = text(files, path);
  const found = [...content.matchAll(shape)];
  if (found.length === 0) return path;
  const hit = one(chance, found);
  put(files, path, content.slice(0, hit.index) + changed(hit[0], found.map(([all]) => all)) + content.slice(hit.index + hit[0].length));
  return `${path}@${hit.index}`;
}

/** Damages copies of a pack's files in one to three ways. @returns { files, what } */
export function damaged(original, chance) {
  const files = Object.fromEntries(Object.entries(original).map(([path, bytes]) => [path, Buffer.from(bytes)]));
  const what = [];
  const times = chance() < 0.7 ? 1 : 2 + below(chance, 2);
  for (let time = 0; time < times && Object.keys(files).length > 0; time += 1) {
    const kind = one(chance, Object.keys(kinds));
    try { what.push(`${kind} ${kinds[kind](files, chance)}`); } catch { what.push(`${kind}: not possible after the damage before`); }
  }
  return { files, what };
}
