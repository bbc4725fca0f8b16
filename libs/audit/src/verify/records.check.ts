import { bundlePaths } from '../bundle/format.js';
import { canonicalJson, sha256 } from '../canonical.js';
import { finder, rowsOf, type Check } from './contents.js';

interface Member { institutionId: string; state: string; reason: string | null }
interface RosterPart { rosterId: string; unit: string; digest: string; members: { institutionId: string; state: string }[] }

/** The roster is the one that was frozen: its digest is over the lines `id:state` in the order of the ids. */
export const roster: Check = (contents) => {
  const found = finder('roster');
  const frozen = rowsOf<{ rosterId: string; digest: string }>(contents, 'inspection', 'roster')[0];
  if (!frozen) return [];
  const where = `${bundlePaths.room('inspection')}#roster/${frozen.rosterId}`;
  const parts = [...contents.facts.values()].filter(({ type, data }) => type === 'qualification.roster-frozen' && data['rosterId'] === frozen.rosterId).map(({ data }) => data as unknown as RosterPart);
  const members = parts.flatMap((part) => part.members).sort((a, b) => (a.institutionId < b.institutionId ? -1 : 1));
  const digest = sha256(members.map(({ institutionId, state }) => `${institutionId}:${state}\n`).join(''));
  if (parts.length === 0 || digest !== frozen.digest || parts.some((part) => part.digest !== frozen.digest)) return [found(where, `名单（${frozen.rosterId}）的摘要与冻结时的不符`)];
  return rowsOf<Member>(contents, 'inspection', 'member').filter(({ reason }) => reason === null).flatMap(({ institutionId, state }) =>
    (members.some((one) => one.institutionId === institutionId && one.state === state) ? [] : [found(`${bundlePaths.room('inspection')}#member/${institutionId}`, `机构 ${institutionId} 的名单状态与冻结时的不同`)]));
};

interface FormVersion { id: string; form: string; version: number; content: unknown; sha256: string }

/** Each form is the table that was sent: by its entry in the log and by the fact that told of it. */
export const forms: Check = (contents) => {
  const found = finder('forms');
  const notes = contents.entries.flatMap(({ entry }) => entry.notes).filter(({ action }) => action === 'form sent');
  return rowsOf<FormVersion>(contents, 'inspection', 'form').flatMap(({ id, form, version, content, sha256: hash }) => {
    const where = `${bundlePaths.room('inspection')}#form/${id}`;
    const note = notes.find(({ subject }) => subject === id);
    if (!note) return [found(where, `表 ${form} 第 ${version} 版的报送在日志中没有条目`)];
    const { sha256: sent, table } = note.detail as { sha256: string; table?: string };
    if (sent !== hash || (table !== undefined && sha256(canonicalJson(content)) !== table)) return [found(where, `表 ${form} 第 ${version} 版的内容与报送时记入日志的不符`)];
    return [];
  });
};

interface Revision { institutionId: string; revision: number; content: Record<string, unknown>; factId: string }
interface Institution { revision: number; creditCode: string; name: string; kind: string; jurisdiction: string; address: string; invented: boolean; filing: Record<string, unknown> | null; lines?: Record<string, unknown>[] }

/** What the public was shown is what the fact it rests on said, and no more; and each revision was stated as published. */
export const published: Check = (contents) => {
  const found = finder('published');
  const stated = new Set([...contents.facts.values()].filter(({ type }) => type === 'publication.record-published').map(({ data }) => `${String(data['institutionId'])}/${String(data['revision'])}`));
  return rowsOf<Revision>(contents, 'publication', 'published').flatMap(({ institutionId, revision, content, factId }) => {
    const where = `${bundlePaths.room('publication')}#published/${institutionId}/${revision}`;
    const name = `机构 ${institutionId} 第 ${revision} 版公开内容`;
    const fact = contents.facts.get(factId)?.data as unknown as Institution | undefined;
    if (!fact) return [found(where, `${name}所依据的事实 ${factId} 缺失`)];
    if (canonicalJson(saidOf(content)) !== canonicalJson('lines' in content ? publicOf(fact) : filingOf(fact)) || fact.revision !== revision) return [found(where, `${name}与其依据的事实不同`)];
    return stated.has(`${institutionId}/${revision}`) ? [] : [found(where, `${name}的公开没有日志可查`)];
  });
};

const names = ['creditCode', 'name', 'kind', 'jurisdiction', 'address', 'invented'] as const;
/** What was public before qualifications were: a revision of then has no lines. */
function filingOf(fact: Institution): Record<string, unknown> {
  const { categories = [], items = [], outreach = false, filedOn = null, closedOn = null } = fact.filing ?? {};
  return { ...Object.fromEntries(names.map((name) => [name, fact[name]])), categories, items, outreach, filedOn, filingClosedOn: closedOn };
}

/** What was shown, its qualifications with what revisions of before suspensions do not say of them. */
const saidOf = (content: Record<string, unknown>): Record<string, unknown> =>
  ('lines' in content ? { ...content, lines: (content['lines'] as Record<string, unknown>[]).map((line) => ({ suspended: null, ...line })) } : content);

/** The qualification that the register names for the body's kind alone is its filing over again, or says nothing. */
function publicOf(fact: Institution): unknown {
  const { kind, filing } = fact;
  const unsaid = { ended: null, suspended: null, categories: [], items: [] };
  const own = canonicalJson({ kind, number: filing?.['number'] ?? null, issuer: null, from: filing?.['filedOn'] ?? null, to: filing?.['closedOn'] ?? null, ...unsaid });
  return { ...filingOf(fact), lines: (fact.lines ?? []).map(({ suspendedBefore: _over, ...line }) => ({ ...unsaid, ...line })).filter((line) => canonicalJson(line) !== own) };
}
