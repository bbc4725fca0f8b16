import { bundlePaths } from '../bundle/format.js';
import { canonicalJson, sha256 } from '../canonical.js';
import { finder, rowsOf, sameInstant, type Check, type Contents, type Found, type StatedFact } from './contents.js';
import { ofCase } from './notices.check.js';

const found = finder('colours');
const where = ({ id, type }: StatedFact): string => `${bundlePaths.room(type.split('.')[0]!)}#facts/${id}`;
const row = (table: string, id: string): string => `${bundlePaths.room('publication')}#${table}/${id}`;

interface Entry { institutionId: string; colour: string; redYears: number; lines: unknown[]; revision: number }
interface OfRun { runId: string; digest: string; parts: number; entries?: Entry[]; entry?: Entry | null }
interface OfNotice { noticeId: string; runId: string; institutionId: string; revision: number; colour: string; until: string; publishedAt: string; objectionId: string; proofSha256: string }
interface Published extends Omit<OfNotice, 'colour'> { id: string; withdrawn: boolean; colour: string | null; before: string | null; publishedOn: string }

const named = ({ runId, institutionId, revision }: Pick<OfNotice, 'runId' | 'institutionId' | 'revision'>): string => `${runId} ${institutionId} ${revision}`;
const of = <T>({ facts }: Contents, type: string): { fact: StatedFact; data: T }[] => [...facts.values()].filter((fact) => fact.type === type).map((fact) => ({ fact, data: fact.data as T }));

/** What became public of colours is what had been signed, after its notice had run to its end and with no objection open; and it stands there as it was stated. */
export const colours: Check = (contents) => [...signed(contents), ...published(contents), ...standing(contents)];

/** What somebody signed is what was stated: the digest over all entries of a signature. (Until 30 November 2026 a digest that covered the whole preview was taken for the signer's words and is a commitment.) */
function signed(contents: Contents): Found[] {
  const signatures = Map.groupBy(of<OfRun>(contents, 'quality-control.colour-run-signed'), ({ data: { runId, digest } }) => `${runId} ${digest}`);
  return [...signatures.values()].flatMap((parts) => {
    const { fact, data: { digest } } = parts[0]!;
    const entries = parts.flatMap(({ data }) => data.entries ?? []).sort((a, b) => (a.institutionId < b.institutionId ? -1 : 1)).map(({ institutionId, colour, redYears, lines }) => ({ institutionId, colour, redYears, lines }));
    if (parts.length < parts[0]!.data.parts) return [found(where(fact), `签发的颜色分 ${parts[0]!.data.parts} 部分，包内只有 ${parts.length} 部分`)];
    return digest.startsWith('commitment:') || sha256(canonicalJson(entries)) === digest ? [] : [found(where(fact), '签发的颜色与签发人所见的摘要不符')];
  });
}

function published(contents: Contents): Found[] {
  const entries = new Map([...of<OfRun>(contents, 'quality-control.colour-run-signed'), ...of<OfRun>(contents, 'quality-control.colour-revised')]
    .flatMap(({ data: { runId, entries: some = [], entry } }) => [...some, ...(entry ? [entry] : [])].map((one) => [named({ runId, ...one }), one] as const)));
  const posted = new Map(of<OfNotice>(contents, 'publication.notice-posted').map(({ data }) => [data.noticeId, data]));
  const answered = new Map(of<OfNotice>(contents, 'publication.objection-answered').map(({ fact, data }) => [data.objectionId, fact.time]));
  const raised = of<OfNotice>(contents, 'publication.objection-raised');
  const wrong = (data: OfNotice): string | null => {
    const name = `机构 ${data.institutionId} 公布的颜色（第 ${data.revision} 版）`;
    const entry = entries.get(named(data));
    const notice = posted.get(data.noticeId);
    if (!entry) return `${name}没有签发的依据`;
    if (entry.colour !== data.colour) return `${name}是 ${data.colour}，签发的是 ${entry.colour}`;
    if (!notice) return `${name}没有经过公示`;
    if (Date.parse(data.publishedAt) < Date.parse(notice.until)) return `${name}在公示期满（${notice.until.slice(0, 16).replace('T', ' ')}）之前公布`;
    const at = Date.parse(data.publishedAt);
    const open = raised.some(({ fact, data: one }) => one.noticeId === data.noticeId && one.institutionId === data.institutionId && Date.parse(fact.time) <= at && !(Date.parse(answered.get(one.objectionId) ?? '') <= at));
    return open ? `${name}公布时还有未答复的异议` : null;
  };
  return of<OfNotice>(contents, 'publication.colour-published').flatMap(({ fact, data }) => { const why = wrong(data); return why ? [found(where(fact), why)] : []; });
}

/** The public's own rows say what the facts said, each of them: of colours that were made public, and of those taken down. */
function standing(contents: Contents): Found[] {
  const rows = rowsOf<Published>(contents, 'publication', 'colours');
  return [
    ...asStated(contents, 'publication.colour-published', rows.filter(({ withdrawn }) => !withdrawn), '公布', (one, said, { time }) => said.colour === one.colour && said.proofSha256 === one.proofSha256 && said.publishedOn === one.publishedOn && sameInstant(said.publishedAt, one.publishedAt) && sameInstant(time, one.publishedAt)),
    ...asStated(contents, 'publication.colour-withdrawn', rows.filter(({ withdrawn }) => withdrawn), '撤下', (one, _said, { time }) => one.colour === null && sameInstant(time, one.publishedAt)),
  ];
}

function asStated(contents: Contents, type: string, rows: readonly Published[], done: string, same: (one: Published, said: Published, fact: StatedFact) => boolean): Found[] {
  const stated = ofCase<Published>(contents, type);
  const key = ({ noticeId, institutionId, revision }: Published): string => `${noticeId} ${institutionId} ${revision}`;
  const known = new Map(stated.map((one) => [key(one.data), one]));
  return [
    ...rows.flatMap((one) => {
      const said = known.get(key(one));
      const fits = said && said.data.runId === one.runId && said.data.before === one.before && same(one, said.data, said.fact);
      return fits ? [] : [found(row('colours', one.id), `机构 ${one.institutionId} ${done}的颜色与${said ? `${done}时所记的不同` : '日志所记的都不相同'}`)];
    }),
    ...stated.filter(({ data }) => !rows.some((one) => key(one) === key(data))).map(({ fact, data }) => found(where(fact), `机构 ${data.institutionId} 已${done}的颜色在公布记录中缺失`)),
  ];
}
