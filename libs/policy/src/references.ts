import type { DutyRule } from './campaign.schema.js';
import type { Pack } from './pack.js';
import type { Problem } from './problem.js';

/** Every name a pack mentions must be there: clauses, readings, agencies, forms, checklists, decisions. Gives what is not. */
export function brokenReferences(pack: Pack, fileOf: (it: object) => string): Problem[] {
  return [...head(pack), ...campaign(pack), ...tables(pack), ...papers(pack, fileOf), ...golden(pack, fileOf)];
}

const clauses = (pack: Pack, file: string, path: string, ids: readonly string[]): Problem[] =>
  ids.filter((id) => !pack.clauses[id]).map((id) => ({ file, path, message: `没有条款 ${id}` }));

function head(pack: Pack): Problem[] {
  const file = 'pack.yaml';
  const faults = Object.entries(pack.readings).flatMap(([id, reading]) => clauses(pack, file, `/readings/${id}/clauses`, reading.clauses));
  for (const [name, value] of Object.entries(pack.parameters)) {
    faults.push(...clauses(pack, file, `/parameters/${name}/clauses`, value.clauses));
    if ('reading' in value && value.reading && !pack.readings[value.reading]) faults.push({ file, path: `/parameters/${name}/reading`, message: `没有理解 ${value.reading}` });
  }
  const { volumes } = pack.parameters;
  if (volumes && volumes.to < volumes.from) faults.push({ file, path: '/parameters/volumes/to', message: '止日早于起日' });
  if (pack.inForce.to && pack.inForce.to < pack.inForce.from) faults.push({ file, path: '/inForce/to', message: '止日早于起日' });
  return faults;
}

function campaign(pack: Pack): Problem[] {
  if (!pack.campaign) return [];
  const file = 'campaign.yaml';
  const faults = clauses(pack, file, '/scope/clauses', pack.campaign.scope.clauses);
  const seen = new Set<string>();
  const once = (id: string, path: string) => {
    if (seen.has(id)) faults.push({ file, path, message: `编号“${id}”重复` });
    seen.add(id);
  };
  pack.campaign.stages.forEach((stage, s) => {
    once(`stage ${stage.id}`, `/stages/${s}/id`);
    faults.push(...clauses(pack, file, `/stages/${s}/clauses`, stage.clauses));
    stage.duties.forEach((duty, d) => {
      once(`duty ${duty.id}`, `/stages/${s}/duties/${d}/id`);
      faults.push(...dutyFaults(pack, duty, `/stages/${s}/duties/${d}`));
    });
  });
  return faults;
}

function dutyFaults(pack: Pack, duty: DutyRule, at: string): Problem[] {
  const file = 'campaign.yaml';
  const faults = [...clauses(pack, file, `${at}/clauses`, duty.clauses), ...clauses(pack, file, `${at}/missed/clauses`, duty.missed.clauses)];
  const party = (id: string | undefined, path: string) => {
    if (id && id !== 'institution' && !Object.hasOwn(pack.campaign?.agencies ?? {}, id)) faults.push({ file, path: `${at}/${path}`, message: `没有机关“${id}”` });
  };
  party(duty.actor, 'actor');
  party(duty.receiver, 'receiver');
  duty.copyTo.forEach((id, i) => party(id, `copyTo/${i}`));
  if (duty.form && !Object.hasOwn(pack.forms, duty.form)) faults.push({ file, path: `${at}/form`, message: `没有表格“${duty.form}”` });
  if (duty.checklist && !Object.hasOwn(pack.checklists, duty.checklist)) faults.push({ file, path: `${at}/checklist`, message: `没有检查清单“${duty.checklist}”` });
  duty.supersedes.forEach(({ reading }, i) => {
    if (reading && !pack.readings[reading]) faults.push({ file, path: `${at}/supersedes/${i}/reading`, message: `没有理解 ${reading}` });
  });
  return faults;
}

const tables = (pack: Pack): Problem[] =>
  Object.values(pack.decisions).flatMap((table) => table.rules.flatMap((rule) => clauses(pack, table.file, `/${table.id}/${rule.id}`, rule.clauses)));

const papers = (pack: Pack, fileOf: (it: object) => string): Problem[] => [
  ...Object.values(pack.forms).flatMap((form) => clauses(pack, fileOf(form), '/clauses', form.clauses)),
  ...Object.values(pack.checklists).flatMap((list) => list.items.flatMap((item, i) => clauses(pack, fileOf(list), `/items/${i}/clauses`, item.clauses))),
];

function golden(pack: Pack, fileOf: (it: object) => string): Problem[] {
  return pack.golden.flatMap((it) => {
    const file = fileOf(it);
    const faults = clauses(pack, file, `/cases “${it.title}” /clauses`, it.clauses);
    if ('decision' in it && !Object.hasOwn(pack.decisions, it.decision)) faults.push({ file, path: `/cases “${it.title}” /decision`, message: `没有决策“${it.decision}”` });
    return faults;
  });
}
