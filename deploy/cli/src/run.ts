import { parseArgs } from 'node:util';
import { PackError } from '@zhijian/policy';
import { WrongQuestion, type Answer, type Command, type Options, type Surroundings } from './command/command.js';
import { calendarInForce, packShelf } from './command/folders.js';
import { usage, usageOf } from './command/usage.js';
import { commands } from './commands.js';

/**
 * Answers one question.
 * @param argv what stands after `npm run cli --`
 * @returns the exit code: 0 fine, 1 the answer is no, 2 the question was wrong
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const json = argv.includes('--json');
  const [noun, verb] = wordsOf(argv);
  const command = commands.find((it) => it.noun === noun && (it.verb === null || it.verb === verb));
  const of = commands.filter((it) => it.noun === noun);
  if (argv.includes('--help') || argv.includes('-h')) {
    const text = command ? usageOf(command) : usage(of.length > 0 ? of : commands);
    surroundings.out(json ? `${JSON.stringify({ usage: text })}\n` : text);
    return 0;
  }
  try {
    if (!command) throw new WrongQuestion(noun ? `没有这条命令：${[noun, verb].filter(Boolean).join(' ')}\n\n${usage(of.length > 0 ? of : commands)}` : usage(commands));
    return show(await asked(command, argv, surroundings), json, surroundings);
  } catch (error) {
    return refused(error, json, surroundings);
  }
}

/** What is said beside the options: noun, verb, arguments. Which options take a value is known before the command is, so they may stand anywhere. */
function wordsOf(argv: readonly string[]): string[] {
  const options = Object.assign({ json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }, ...commands.map((it) => it.options)) as Options;
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false }).positionals;
}

async function asked(command: Command, argv: readonly string[], surroundings: Surroundings): Promise<Answer> {
  const { values, positionals } = parse(command, argv);
  const given = positionals.slice(command.verb === null ? 1 : 2);
  if (given.length !== command.takes) throw new WrongQuestion(`${given.length < command.takes ? '缺少参数' : `多余的参数：${given.slice(command.takes).join(' ')}`}\n\n${usageOf(command)}`);
  return command.answer({ arguments: given, values, surroundings, packs: () => packShelf(surroundings.env), calendar: () => calendarInForce(surroundings.env) });
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { ...command.options, json: { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    throw new WrongQuestion(`选项有误：${(error as Error).message.split('. ')[0]}\n\n${usageOf(command)}`);
  }
}

function show({ ok, json: document, text, notes = [] }: Answer, json: boolean, { out, err }: Surroundings): 0 | 1 {
  for (const note of notes) err(`${note}\n`);
  out(json ? `${JSON.stringify(document)}\n` : text.endsWith('\n') ? text : `${text}\n`);
  return ok ? 0 : 1;
}

/** Also a wrong question is answered with one JSON document. */
function refused(error: unknown, json: boolean, { out, err }: Surroundings): 2 {
  if (!(error instanceof WrongQuestion || error instanceof PackError)) throw error;
  if (json) out(`${JSON.stringify({ error: { message: error.message, problems: error.problems } })}\n`);
  err(`${error.message}\n`);
  return 2;
}
