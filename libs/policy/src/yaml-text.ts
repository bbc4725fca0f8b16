import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type ParsedNode } from 'yaml';

/** Something in a YAML or JSON text that keeps it from being read: where (a JSON Pointer), and a sentence in Chinese. */
export interface TextFault { readonly path: string; readonly message: string }

const deepest = 40;
const most = 20;
/** Keys that mean something to the language the program is written in, or that YAML readers disagree on. */
const reserved = new Set(['__proto__', 'constructor', 'prototype', '<<']);

/**
 * Reads one YAML document (of which JSON is a part) as plain data: no directives, tags, anchors or aliases, no key given
 * twice, no key that is not a text, nothing deeper than forty levels. Gives the value, or what is wrong, each with its line.
 */
export function readYaml(text: string): { readonly value: unknown } | { readonly faults: readonly TextFault[] } {
  const lines = new LineCounter();
  const directive = /^%/m.exec(text);
  if (directive) return { faults: [{ path: '', message: `第 ${text.slice(0, directive.index).split('\n').length} 行：不允许 % 指令` }] };
  const document = parseDocument(text, { uniqueKeys: false, lineCounter: lines, prettyErrors: true, logLevel: 'error', version: '1.2' });
  const broken = [...document.errors, ...document.warnings].slice(0, most);
  if (broken.length > 0) return { faults: broken.map(({ code, linePos }) => ({ path: '', message: `${linePos ? `第 ${linePos[0].line} 行第 ${linePos[0].col} 列：` : ''}${sentences[code] ?? '不合 YAML 语法'}` })) };
  const faults: TextFault[] = [];
  walk(document.contents, '', 0, { lines, faults });
  return faults.length > 0 ? { faults } : { value: document.toJS({ maxAliasCount: 0 }) as unknown };
}

interface Walk { readonly lines: LineCounter; readonly faults: TextFault[] }

function walk(node: ParsedNode | Node | null, path: string, depth: number, at: Walk): void {
  if (!node || at.faults.length >= most) return;
  const fault = (message: string, where: string = path, of: Node = node) => at.faults.push({ path: where, message: `第 ${at.lines.linePos(of.range?.[0] ?? 0).line} 行：${message}` });
  if (depth > deepest) return void fault(`嵌套超过 ${deepest} 层`);
  if (isAlias(node) || node.anchor) return void fault('不允许锚点（&）和别名（*）');
  if (node.tag) return void fault('不允许类型标记（!）');
  if (isSeq(node)) node.items.forEach((item, i) => walk(item as Node, `${path}/${i}`, depth + 1, at));
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = pair.key as Node;
    if (!isScalar(key) || !['string', 'number', 'boolean'].includes(typeof key.value) || key.anchor || key.tag) { fault('键须是文字', path, key); continue; }
    const name = `${key.value as string | number | boolean}`;
    const inside = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (seen.has(name)) fault(`字段“${name}”重复`, inside, key);
    if (reserved.has(name)) fault(`不允许用“${name}”作字段名`, inside, key);
    seen.add(name);
    walk(pair.value as Node | null, inside, depth + 1, at);
  }
}

const sentences: Readonly<Record<string, string>> = {
  BAD_INDENT: '缩进不对', TAB_AS_INDENT: '缩进不能用制表符', MISSING_CHAR: '缺少引号、括号、冒号或逗号', UNEXPECTED_TOKEN: '有不该出现的符号', MULTIPLE_DOCS: '一个文件只能有一份文档',
  BAD_ALIAS: '不允许锚点（&）和别名（*）', TAG_RESOLVE_FAILED: '不允许类型标记（!）', RESOURCE_EXHAUSTION: `嵌套超过 ${deepest} 层`, BAD_DQ_ESCAPE: '引号内的转义不对', BLOCK_AS_IMPLICIT_KEY: '一行里不能有两个冒号，文字中的冒号须加引号',
  MULTILINE_IMPLICIT_KEY: '字段名不能跨行，或缺少冒号', BLOCK_IN_FLOW: '括号内不能换成缩进写法', KEY_OVER_1024_CHARS: '字段名过长', BAD_SCALAR_START: '文字不能以这个符号开头，须加引号',
};
