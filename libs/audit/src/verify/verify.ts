import { caseOf, type NamedCase } from '../bundle/case.js';
import { bundlePaths } from '../bundle/format.js';
import type { History } from '../bundle/history.js';
import { sha256 } from '../canonical.js';
import { contentsOf, finder, type Check, type Contents, type Files, type Found } from './contents.js';
import { colours } from './colours.check.js';
import { amendments } from './amendments.check.js';
import { archive, hashes } from './files.check.js';
import { history } from './history.check.js';
import { journal } from './journal.check.js';
import { decisions } from './decisions.check.js';
import { certificates, entries, facts } from './log.check.js';
import { notices } from './notices.check.js';
import { dropped, log } from './proofs.check.js';
import { penalties } from './penalties.check.js';
import { calendars, packs } from './policy.check.js';
import { forms, published, roster } from './records.check.js';
import { runs } from './runs.check.js';
import { snapshots } from './snapshots.check.js';
import { manifestOf, signatureOf, signed, stranger, type Trust } from './signature.check.js';

export interface Divergence { check: string; where: string; message: string }
export interface Verdict {
  ok: boolean;
  checks: { name: string; ok: boolean }[];
  /** The most exact of what does not fit, in the order of the checks. */
  firstDivergence: Divergence | null;
  problems: Divergence[];
  contents: Contents | null;
}

/** What only a runtime can do: reading a history's bytes, and replaying it with the code of its day. */
export interface Replaying {
  decode(bytes: Uint8Array): History;
  /** @returns why the replay left the history, and at which event; null when it did not */
  replay(code: string, history: Uint8Array, workflowId: string): Promise<{ event: number | null; message: string } | null>;
}

/** Several checks under one name. */
const each = (...checks: Check[]): Check => async (contents) => (await Promise.all(checks.map(async (check) => check(contents)))).flat();

const inOrder: [string, Check][] = [
  ['hashes', hashes], ['archive', archive], ['history', each(history, runs)], ['entries', entries], ['log', each(log, dropped)], ['facts', facts], ['certificates', certificates], ['packs', packs], ['calendars', calendars],
  ['decisions', decisions], ['journal', each(journal, amendments)], ['roster', roster], ['forms', forms], ['published', each(published, penalties)], ['colours', each(notices, snapshots, colours)],
];
/** What there is to look at in a campaign's case only, and in one of a year's colours only. */
const ofCampaigns = ['journal', 'roster', 'forms', 'published'];
const ofColours = ['colours'];
const applies = (name: string, { kind }: NamedCase): boolean => !(kind === 'campaign' ? ofColours : ofCampaigns).includes(name);

const refused = (name: string, message: string): Verdict => {
  const problem = { check: name, where: '', message };
  return { ok: false, checks: [{ name, ok: false }], firstDivergence: problem, problems: [problem], contents: null };
};

/**
 * Checks a bundle by itself: needs no server, writes nothing. What is damaged, foreign or signed by an unknown key is not
 * looked at any further.
 */
export async function verifyBundle(files: Files, runtime: Replaying, trust: Trust = {}): Promise<Verdict> {
  const manifestBytes = files.get(bundlePaths.manifest);
  const signatureBytes = files.get(bundlePaths.signature);
  const manifest = manifestBytes && manifestOf(manifestBytes);
  const signature = signatureBytes && signatureOf(signatureBytes);
  if (!manifest) return refused('manifest', '核验包没有可读的清单，或格式不是本程序所知的第 1 版');
  if (!signature) return refused('signature', '核验包没有可读的签名');
  const strange = stranger(manifest, signature, trust);
  if (strange) return refused(strange.check, strange.message);

  const contents = contentsOf(files, manifest, signature, (bytes) => runtime.decode(bytes));
  const authentic = signed(manifestBytes, signature);
  const problems: Found[] = authentic ? [] : [finder('signature')(bundlePaths.manifest, '清单被改动：签名与清单不符', false)];
  const checks = [{ name: 'manifest', ok: true }, { name: 'signature', ok: authentic }];
  for (const [name, check] of inOrder) {
    if (!applies(name, caseOf(manifest.workflowId))) continue;
    const found = await guarded(name, check, contents);
    checks.push({ name, ok: found.length === 0 });
    problems.push(...found);
  }
  const replay = await replayed(contents, runtime, authentic && isListed(contents));
  checks.push({ name: 'replay', ok: replay.length === 0 });
  problems.push(...replay);
  const first = problems.find(({ exact }) => exact) ?? problems.find(({ where }) => where.includes('#')) ?? problems[0];
  return { ok: problems.length === 0, checks, firstDivergence: first ? told(first) : null, problems: problems.map(told), contents };
}

/** Whether the code in the bundle is the one that was signed for. */
const isListed = ({ files, manifest }: Contents): boolean => manifest.files.some(({ path, sha256: hash }) => path === bundlePaths.bundle && hash === sha256(files.get(path) ?? ''));

const told = ({ check, where, message }: Found): Divergence => ({ check, where, message });

/** A part so damaged that a check cannot read it is a finding of that check. */
async function guarded(name: string, check: Check, contents: Contents): Promise<Found[]> {
  try {
    return await check(contents);
  } catch {
    return [finder(name)('', '内容残缺，无法核验', false)];
  }
}

/** The code in a bundle runs only when the signed manifest vouches for it. */
async function replayed({ files, archive: record, history: read }: Contents, runtime: Replaying, vouched: boolean): Promise<Found[]> {
  const found = finder('replay');
  const code = files.get(bundlePaths.bundle);
  const bytes = files.get(bundlePaths.history);
  if (!record || !read || !code || !bytes) return [found(bundlePaths.history, '缺少重放所需的历史或程序', false)];
  if (read.events.some(({ eventId }, at) => Number(eventId) !== at + 1)) return [found(bundlePaths.history, '历史的事件不连续，无法重放', false)];
  if (!vouched) return [found(bundlePaths.bundle, '签名或文件哈希不符，未运行包内的流程程序', false)];
  const left = await runtime.replay(code.toString('utf8'), bytes, record.workflowId);
  return left ? [found(`${bundlePaths.history}#${left.event ?? ''}`, left.event === null ? `重放与历史不一致：${left.message}` : `重放到第 ${left.event} 号事件时与历史不一致`)] : [];
}
