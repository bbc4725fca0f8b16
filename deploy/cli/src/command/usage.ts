import type { Command } from './command.js';

const call = ({ noun, verb, usage }: Command): string => [noun, verb, usage].filter(Boolean).join(' ');

/** Every command, one a line. */
export function usage(commands: readonly Command[]): string {
  const width = Math.min(48, Math.max(...commands.map((it) => call(it).length)));
  const lines = commands.map((it) => `  ${call(it).padEnd(width)}  ${it.summary}`);
  return `用法: npm run cli -- <名词> <动词> …\n\n${lines.join('\n')}\n\n每条命令都可加 --help（说明）和 --json（标准输出只有一份 JSON）。\n政策包写作 place/plan、place/plan@version，或它的文件夹。退出码: 0 是，1 否，2 问题有误。\n`;
}

export function usageOf(command: Command): string {
  const options = Object.keys(command.options).map((name) => `--${name}`).join(' ');
  return `用法: npm run cli -- ${call(command)} [--json]\n\n${command.summary}\n${options ? `选项: ${options}\n` : ''}`;
}
