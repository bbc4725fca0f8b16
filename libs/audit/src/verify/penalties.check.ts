import { bundlePaths } from '../bundle/format.js';
import { canonicalJson } from '../canonical.js';
import { finder, gatheredSince, rowsOf, sameInstant, type Check, type Contents, type Found, type StatedFact } from './contents.js';
import { noted } from './notices.check.js';

const found = finder('published');

/** What stands in public of a penalty, or of its taking back. */
interface Public { number: string; authority: string; decidedOn: string; creditCode: string | null; party: string | null; basis: string | null; sanctions: unknown; ground: string | null; changedOn: string | null; document: string | null; reason: string | null; withdrawBy: string | null; clauses: unknown }
interface Row extends Public { caseId: string; revision: number; institutionId: string | null; jurisdiction: string; withdrawn: boolean; factId: string; publishedAt: string }
interface Said extends Partial<Public> { caseId: string; revision: number; institutionId: string | null; unit: string; penalty?: Partial<Public>; policy: { clauses: unknown } }
interface Stated { fact: StatedFact; data: Said; withdrawn: boolean; public: Public }
interface Decided { caseId: string; decidedOn: string; sanctions: unknown }

const words: Readonly<Record<keyof Public, string>> = {
  number: '文号', authority: '决定机关', decidedOn: '决定日期', creditCode: '统一社会信用代码', party: '当事人', basis: '依据', sanctions: '处罚内容', ground: '撤回事由', changedOn: '变更日期', document: '变更文书', reason: '撤回理由', withdrawBy: '撤回期限', clauses: '条款',
};
const types = { disclosed: 'inspection.penalty-disclosed', withdrawn: 'inspection.penalty-withdrawn' } as const;
const actions = (withdrawn: boolean): string => (withdrawn ? 'penalty taken down' : 'penalty published');

const key = ({ caseId, revision }: Pick<Row, 'caseId' | 'revision'>): string => `${caseId}/${revision}`;
const at = (row: Row): string => `${bundlePaths.room('publication')}#penalty/${key(row)}`;
const named = ({ number, revision }: Pick<Row, 'number' | 'revision'>): string => `处罚决定 ${number} 的第 ${revision} 次公开记录`;
const same = (one: unknown, other: unknown): boolean => canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** What was stated may still be on its way to the public's rows: three days, as long as 行政处罚法 art. 48 gives for taking it down. */
const onItsWay = 3 * 86_400_000;

/** Penalties stand in public as they were let out and taken back, each of them: none is edited, missing, made up, or up again after it was taken back. */
export const penalties: Check = (contents) => {
  if (!gatheredSince(contents, 2)) return [];
  const rows = rowsOf<Row>(contents, 'publication', 'penalty');
  const stated = new Map(statedIn(contents).map((one) => [key(one.data), one]));
  return [
    ...rows.flatMap((row) => { const why = wrong(contents, row, stated.get(key(row))); return why ? [found(at(row), `${named(row)}${why}`)] : []; }),
    ...[...stated.values()].flatMap((one) => [...undecided(contents, one), ...(rows.some((row) => key(row) === key(one.data)) ? [] : missing(contents, one))]),
  ];
};

/** In one form, whether it was let out or taken back: what the other kind has is null. */
function statedIn({ facts }: Contents): Stated[] {
  const nothing = Object.fromEntries(Object.keys(words).map((name) => [name, null])) as unknown as Public;
  return [...facts.values()].filter(({ type }) => type === types.disclosed || type === types.withdrawn).map((fact) => {
    const data = fact.data as unknown as Said;
    const said = data.penalty ?? { ...data, clauses: data.policy.clauses };
    return { fact, data, withdrawn: fact.type === types.withdrawn, public: { ...nothing, ...Object.fromEntries(Object.entries(said).filter(([name]) => name in words)) } };
  });
}

function wrong(contents: Contents, row: Row, stated: Stated | undefined): string | null {
  if (!stated) return '在日志中没有事实可查';
  if (row.withdrawn !== stated.withdrawn) return stated.withdrawn ? '已经撤回，却仍作为有效决定公开' : '没有撤回，却作为已撤回的公开';
  const { fact, data } = stated;
  const notes = noted(contents, actions(row.withdrawn), row.caseId).filter(({ detail }) => detail['revision'] === row.revision);
  if (notes.length === 0) return '的公开没有日志可查';
  const parts: [string, boolean][] = [
    ...(Object.keys(words) as (keyof Public)[]).map((name): [string, boolean] => [words[name], same(row[name], stated.public[name])]),
    ['机构', row.institutionId === data.institutionId], ['辖区', row.jurisdiction === data.unit], ['所据事实', row.factId === fact.id], ['公开时间', notes.some((note) => sameInstant(note.at, row.publishedAt))],
  ];
  const differing = parts.filter(([, fits]) => !fits).map(([part]) => part);
  return differing.length ? `的${differing.join('、')}与${row.withdrawn ? '撤回' : '公开'}时所记的不同` : null;
}

/** One that the room has heard, or had the time to hear, and that does not stand there. */
function missing(contents: Contents, { fact, data, withdrawn, public: { number } }: Stated): Found[] {
  const heard = noted(contents, actions(withdrawn), data.caseId).some(({ detail }) => detail['revision'] === data.revision);
  if (!heard && Date.parse(contents.manifest.madeAt) - Date.parse(fact.time) < onItsWay) return [];
  return [found(`${bundlePaths.room('inspection')}#facts/${fact.id}`, withdrawn ? `处罚决定 ${number} 已经撤回，公开记录中却没有撤回` : `已公开的处罚决定 ${number} 在公开记录中缺失`)];
}

/** What was let out is what was decided in the case. */
function undecided({ facts }: Contents, { fact, data, withdrawn, public: said }: Stated): Found[] {
  const decided = [...facts.values()].filter(({ type }) => type === 'inspection.case-decided').map((one) => one.data as unknown as Decided).filter(({ caseId }) => caseId === data.caseId);
  if (withdrawn || decided.length === 0 || decided.some(({ decidedOn, sanctions }) => decidedOn === said.decidedOn && same(sanctions, said.sanctions))) return [];
  return [found(`${bundlePaths.room('inspection')}#facts/${fact.id}`, `公开的处罚决定 ${said.number} 与案件的处理决定不同`)];
}
