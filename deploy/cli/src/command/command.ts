import type { parseArgs } from 'node:util';
import type { Calendar } from '@zhijian/calendar';
import type { Packs } from '@zhijian/policy';

/** What a command may touch; tests give their own. */
export interface Surroundings {
  out: (text: string) => void;
  err: (text: string) => void;
  env: NodeJS.ProcessEnv;
  /** The folder that relative paths are read from. */
  cwd: string;
  /** How long rooms may take to hear of what was entered, in ms; they hear by facts. */
  patience?: number;
}

export type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** One question, parsed. */
export interface Question {
  readonly arguments: readonly string[];
  readonly values: Values;
  readonly surroundings: Surroundings;
  readonly packs: () => Packs;
  readonly calendar: () => Promise<Calendar>;
}

/** `ok` false: the answer is no (exit 1). `json` is the one document of `--json`, `text` what a person reads. */
export interface Answer { readonly ok: boolean; readonly json: unknown; readonly text: string; readonly notes?: readonly string[] }

export interface Command {
  readonly noun: string;
  readonly verb: string | null;
  /** As in the usage: `PACK [--city CODE]…`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** How many arguments it takes. */
  readonly takes: number;
  answer(question: Question): Promise<Answer>;
}

/** A question that cannot be answered as it was put: exit 2. */
export class WrongQuestion extends Error {
  constructor(message: string, readonly problems: readonly { file?: string; path: string; message: string }[] = []) {
    super(message);
  }
}

export const textOf = (values: Values, name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
export const textsOf = (values: Values, name: string): string[] => (Array.isArray(values[name]) ? values[name].filter((it) => typeof it === 'string') : []);
export const given = (values: Values, name: string): boolean => values[name] === true;

/** A whole number as people type it. @throws WrongQuestion */
export function wholeOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new WrongQuestion(`--${name} 应为不小于 0 的整数，收到“${text}”`);
  return Number(text);
}
