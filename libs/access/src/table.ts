import { readFileSync } from 'node:fs';
import { roles, type Role } from '@zhijian/contracts';
import { readStates, type Matter, type Standings } from './matters.js';

/** Where the object lies, as the person sees it: their own place, below it, above it, their own institution, or anywhere. */
export const relations = ['own', 'below', 'above', 'self', 'any'] as const;
export type Relation = (typeof relations)[number];

/** What must hold beside role and relation; the rooms decide it. */
export const conditions = {
  'duty-agency': '政策包指定的办理机关的工作人员',
  'duty-agency-or-above': '政策包指定的办理机关，或者组织该行动的上级机关的工作人员',
  'two-officers': '两名以上执法人员，不得为同一人',
  'not-author': '前一步的经办人不能办理',
  'not-oneself': '不得任命自己',
  'own-appointment': '本人的任职',
  'pack-place': '政策包所在辖区及其以下的单位',
  'place': '所填报的辖区在其任职范围内',
  'uploader-or-all-places': '导入人，或者所涉辖区都在其任职范围内的人',
  'receiver-or-copy': '报送给或者抄送给其机关的',
  'issuing-authority': '发证机关；发证机关不在本系统的，由分色所在辖区移送',
  'sent-to-place': '发往其辖区的',
  'campaign-concerns-place': '行动涉及其所在辖区',
  'above:run-concerns-place': '上级开展的赋色涉及其辖区的',
  'above:campaign-concerns-place': '上级组织的行动涉及其辖区的',
} as const;
export type Condition = keyof typeof conditions;

/** One line of the reviewed table: somebody of these roles may do this to objects of these relations, under these conditions. */
export interface Right {
  /** `GET /api/v1/campaigns`, as in the contracts. */
  readonly operation: string;
  readonly roles: readonly Role[];
  /** `named`: only people of the agency that the pack names for the duty. */
  readonly agency: 'any' | 'named';
  readonly relation: readonly Relation[];
  readonly condition: readonly Condition[];
  /** In which recorded states of its matters it may be done; a matter that is not named may be in any. */
  readonly states: ReadonlyMap<Matter, readonly string[]>;
  readonly stepUp: boolean;
  readonly because: string;
}

const columns = 'operation,roles,agency,relation,condition,state,step-up,because';
const words = <T extends string>(cell: string, known: readonly T[], line: string): T[] => cell.split(' ').filter(Boolean).map((word) => {
  if (!known.includes(word as T)) throw new Error(`access.csv: “${word}” is no word of the table: ${line}`);
  return word as T;
});

/** @throws where a line says something that is not known: a right nobody can read is not granted */
export function readRights(csv: string): Right[] {
  const [head, ...lines] = csv.trim().split('\n');
  if (head !== columns) throw new Error(`access.csv has the columns ${columns}`);
  return lines.map((line) => {
    const cells = line.split(',');
    const [operation = '', who = '', agency = '', relation = '', condition = '', state = '', stepUp = '', because = ''] = cells;
    if (cells.length !== 8 || !because || !who || !relation || !['any', 'named'].includes(agency) || !['yes', 'no'].includes(stepUp)) throw new Error(`access.csv: not a right: ${line}`);
    return {
      operation, roles: who === '*' ? roles : words(who, roles, line), agency: agency as Right['agency'], relation: words(relation, relations, line),
      condition: words(condition, Object.keys(conditions) as Condition[], line), states: readStates(state, line), stepUp: stepUp === 'yes', because,
    };
  });
}

/** The reviewed table, `libs/access/access.csv`. */
export const rights: readonly Right[] = readRights(readFileSync(new URL('../access.csv', import.meta.url), 'utf8'));

const byRole = new Map<string, Right>(rights.flatMap((right) => right.roles.map((role) => [`${role} ${right.operation}`, right] as const)));
const count = rights.reduce((sum, right) => sum + right.roles.length, 0);
if (byRole.size !== count) throw new Error('access.csv grants a role one operation twice');

export const operationOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

/** What the table grants a role on an operation; nothing: it may not. */
export const rightOf = (role: Role, route: { method: string; path: string }): Right | undefined => byRole.get(`${role} ${operationOf(route)}`);

const statesOf = new Map(rights.map(({ operation, states }) => [operation, states]));

/**
 * Whether the table lets the operation be done to matters in these states (`{ campaign: 'approved', unit: 'running' }`).
 * The room asks inside the transaction that changes the row, and says in its own words why not.
 * @throws where the table names a matter that the room does not say: a state nobody looks at is not allowed
 */
export function stateAllows(route: { method: string; path: string }, standings: Standings): boolean {
  const operation = operationOf(route);
  return [...(statesOf.get(operation) ?? [])].every(([matter, allowed]) => {
    const state = standings[matter];
    if (state === undefined) throw new Error(`${operation}: the state of the ${matter} is not said`);
    return allowed.includes(state);
  });
}
