import { clauses } from './clause-references.js';
import { listingTables } from './form.js';
import type { DutyRule } from './campaign.schema.js';
import type { Form } from './form.schema.js';
import type { Pack } from './pack.js';
import type { Problem } from './problem.js';
import { brokenRules } from './rule-references.js';

/** Every name a pack mentions must be there, in itself or in its parent (`known` has both): clauses, readings, agencies, forms, checklists, decisions, rules. Gives what is not. */
export function brokenReferences(pack: Pack, known: Pack, fileOf: (it: object) => string): Problem[] {
  return [...head(pack, known), ...campaign(pack, known), ...brokenRules(pack, known), ...tables(pack, known), ...papers(pack, known, fileOf), ...golden(pack, known, fileOf)];
}

function head(pack: Pack, known: Pack): Problem[] {
  const file = 'pack.yaml';
  const faults = Object.entries(pack.readings).flatMap(([id, reading]) => clauses(known, file, `/readings/${id}/clauses`, reading.clauses));
  for (const [name, value] of Object.entries(pack.parameters)) {
    faults.push(...clauses(known, file, `/parameters/${name}/clauses`, value.clauses));
    if ('reading' in value && value.reading && !known.readings[value.reading]) faults.push({ file, path: `/parameters/${name}/reading`, message: `没有理解 ${value.reading}` });
  }
  const { volumes } = pack.parameters;
  if (volumes && volumes.to < volumes.from) faults.push({ file, path: '/parameters/volumes/to', message: '止日早于起日' });
  faults.push(...clauses(known, file, '/document/clauses', pack.document.clauses ?? []));
  pack.basis.forEach((it, i) => {
    faults.push(...clauses(known, file, `/basis/${i}/clauses`, it.clauses));
    if (it.reading && !known.readings[it.reading]) faults.push({ file, path: `/basis/${i}/reading`, message: `没有理解 ${it.reading}` });
    if (it.from && it.to && it.to < it.from) faults.push({ file, path: `/basis/${i}/to`, message: '止日早于起日' });
    if (pack.basis.some((other, at) => at < i && other.id === it.id)) faults.push({ file, path: `/basis/${i}/id`, message: `编号“${it.id}”重复` });
  });
  pack.allows.forEach((it, i) => {
    faults.push(...clauses(known, file, `/allows/${i}/clauses`, it.clauses));
    if (!isThere(known, it.what)) faults.push({ file, path: `/allows/${i}/what`, message: `没有“${it.what}”` });
    if ((it.notBefore && it.notAfter && it.notAfter < it.notBefore) || (it.atLeast !== undefined && it.atMost !== undefined && it.atMost < it.atLeast)) faults.push({ file, path: `/allows/${i}`, message: '上限小于下限' });
  });
  if (pack.inForce.to && pack.inForce.to < pack.inForce.from) faults.push({ file, path: '/inForce/to', message: '止日早于起日' });
  return faults;
}

const isThere = (pack: Pack, what: string): boolean => {
  const [section = '', id = ''] = what.split(':');
  const stages = pack.campaign?.stages ?? [];
  if (section === 'stage') return stages.some((it) => it.id === id);
  if (section === 'duty') return stages.some((it) => it.duties.some((duty) => duty.id === id));
  return Object.hasOwn(pack.rules[`${section === 'frequency' ? 'frequencie' : section}s` as 'targets'], id);
};

function campaign(pack: Pack, known: Pack): Problem[] {
  if (!pack.campaign) return [];
  const file = 'campaign.yaml';
  const faults = clauses(known, file, '/scope/clauses', pack.campaign.scope.clauses);
  const seen = new Set<string>();
  const once = (id: string, path: string) => {
    if (seen.has(id)) faults.push({ file, path, message: `编号“${id}”重复` });
    seen.add(id);
  };
  pack.campaign.stages.forEach((stage, s) => {
    once(`stage ${stage.id}`, `/stages/${s}/id`);
    faults.push(...clauses(known, file, `/stages/${s}/clauses`, stage.clauses));
    if ('byEndOf' in (stage.opens ?? {})) faults.push({ file, path: `/stages/${s}/opens`, message: '开始日不能写 byEndOf，写 on、month 或 year' });
    faults.push(...readings(known, file, `/stages/${s}/supersedes`, stage.supersedes));
    if (stage.undated && stage.duties.some((duty) => duty.due.kind === 'endOfStage')) faults.push({ file, path: `/stages/${s}/duties`, message: '没有时间的阶段，其工作不能以阶段结束为期限' });
    stage.duties.forEach((duty, d) => {
      once(`duty ${duty.id}`, `/stages/${s}/duties/${d}/id`);
      faults.push(...dutyFaults(known, duty, `/stages/${s}/duties/${d}`));
    });
  });
  for (const [id, agency] of Object.entries(pack.campaign.agencies)) {
    if (agency.from && agency.to && agency.to < agency.from) faults.push({ file, path: `/agencies/${id}/to`, message: '止日早于起日' });
    if (agency.replacedBy && !Object.hasOwn(known.campaign?.agencies ?? {}, agency.replacedBy)) faults.push({ file, path: `/agencies/${id}/replacedBy`, message: `没有机关“${agency.replacedBy}”` });
  }
  return faults;
}

const readings = (known: Pack, file: string, path: string, items: readonly { reading?: string | undefined }[]): Problem[] =>
  items.flatMap(({ reading }, i) => (reading && !known.readings[reading] ? [{ file, path: `${path}/${i}/reading`, message: `没有理解 ${reading}` }] : []));

function dutyFaults(pack: Pack, duty: DutyRule, at: string): Problem[] {
  const file = 'campaign.yaml';
  const faults = [...clauses(pack, file, `${at}/clauses`, duty.clauses), ...clauses(pack, file, `${at}/missed/clauses`, duty.missed.clauses)];
  const party = (id: string | undefined, path: string) => {
    if (id && id !== 'institution' && !Object.hasOwn(pack.campaign?.agencies ?? {}, id)) faults.push({ file, path: `${at}/${path}`, message: `没有机关“${id}”`, ...partyKind[path] });
  };
  party(duty.actor, 'actor');
  party(duty.receiver, 'receiver');
  duty.copyTo.forEach((id, i) => party(id, `copyTo/${i}`));
  duty.jointly.forEach((id, i) => party(id, `jointly/${i}`));
  if (duty.decision && !Object.hasOwn(pack.decisions, duty.decision)) faults.push({ file, path: `${at}/decision`, message: `没有决策“${duty.decision}”` });
  if (duty.sample && !Object.hasOwn(pack.rules.samples, duty.sample)) faults.push({ file, path: `${at}/sample`, message: `没有抽样规则“${duty.sample}”` });
  if (duty.due.reading && !pack.readings[duty.due.reading]) faults.push({ file, path: `${at}/due/reading`, message: `没有理解 ${duty.due.reading}` });
  if (duty.form && !Object.hasOwn(pack.forms, duty.form)) faults.push({ file, path: `${at}/form`, message: `没有表格“${duty.form}”` });
  if (duty.checklist && !Object.hasOwn(pack.checklists, duty.checklist)) faults.push({ file, path: `${at}/checklist`, message: `没有检查清单“${duty.checklist}”` });
  return [...faults, ...readings(pack, file, `${at}/supersedes`, duty.supersedes)];
}

const partyKind: Record<string, { kind: 'no-actor' | 'no-receiver' }> = { actor: { kind: 'no-actor' }, receiver: { kind: 'no-receiver' } };

const tables = (pack: Pack, known: Pack): Problem[] =>
  Object.values(pack.decisions).flatMap((table) => table.rules.flatMap((rule) => clauses(known, table.file, `/${table.id}/${rule.id}`, rule.clauses)));

const papers = (pack: Pack, known: Pack, fileOf: (it: object) => string): Problem[] => [
  ...Object.values(pack.forms).flatMap((form) => [...clauses(known, fileOf(form), '/clauses', form.clauses), ...listing(form, known, fileOf(form))]),
  ...Object.values(pack.checklists).flatMap((list) => list.items.flatMap((item, i) => clauses(known, fileOf(list), `/items/${i}/clauses`, item.clauses))),
];

/** Whom a form lists is said by one table. */
function listing(form: Form, known: Pack, file: string): Problem[] {
  const [path, tables] = ['/listedBy', listingTables(known)];
  if (form.listedBy === undefined) return form.rows === 'checked' && tables.length > 1 ? [{ file, path, message: `政策包中有几张表（${tables.join('、')}）决定是否列入，请写明用哪一张` }] : [];
  if (form.rows !== 'checked') return [{ file, path, message: '只有列出检查过的机构的表格（rows: checked）可以写' }];
  if (tables.includes(form.listedBy)) return [];
  return [{ file, path, message: Object.hasOwn(known.decisions, form.listedBy) ? `决策“${form.listedBy}”不回答是否列入（listing），或者用到表格不知道的输入` : `没有决策“${form.listedBy}”` }];
}

function golden(pack: Pack, known: Pack, fileOf: (it: object) => string): Problem[] {
  return pack.golden.flatMap((it) => {
    const file = fileOf(it);
    const faults = clauses(known, file, `/cases “${it.title}” /clauses`, it.clauses);
    if ('decision' in it && !Object.hasOwn(known.decisions, it.decision)) faults.push({ file, path: `/cases “${it.title}” /decision`, message: `没有决策“${it.decision}”` });
    if ('act' in it && it.act && !Object.hasOwn(known.bounds?.acts ?? {}, it.act)) faults.push({ file, path: `/cases “${it.title}” /act`, message: `没有“${it.act}”` });
    if ('bound' in it && it.bound) {
      const [section = '', id = ''] = it.bound.split('/');
      if (!Object.hasOwn((known.bounds as Record<string, object> | undefined)?.[section] ?? {}, id)) faults.push({ file, path: `/cases “${it.title}” /bound`, message: `没有“${it.bound}”` });
    }
    if ('rule' in it && it.rule) {
      const [section = '', id = ''] = it.rule.split('/');
      if (!Object.hasOwn((known.rules as Record<string, object>)[section] ?? {}, id)) faults.push({ file, path: `/cases “${it.title}” /rule`, message: `没有“${it.rule}”` });
    }
    return faults;
  });
}
