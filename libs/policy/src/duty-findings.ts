import type { LocalDate } from '@zhijian/calendar';
import type { DutyRule, StageRule } from './campaign.schema.js';
import { clausesOf, type Found } from './finding.js';
import type { Pack } from './pack.js';
import { agencyOn } from './rule-lookup.js';
import { sumsUp } from './vocabulary.js';
import { windowOf } from './windows.js';

/** Two live dates, nobody to do it, no limit, no year, outside its stage, before what it sums up. */
export function duplicateDeadlines(stages: readonly StageRule[]): Found[] {
  const duties = stages.flatMap((stage) => stage.duties);
  return [...duties.flatMap(printedTwice), ...sameDutyTwice(duties), ...stages.flatMap(windowPrintedTwice)];
}

function printedTwice(duty: DutyRule): Found[] {
  if (duty.supersedes.length === 0 || duty.due.kind !== 'on') return [];
  const wordings = [...duty.supersedes.map((it) => it.wording), duty.due.wording ?? duty.due.on];
  return [{
    id: `duplicate-deadline:${duty.id}`, kind: 'duplicate-deadline', severity: 'error', clauses: duty.clauses, quote: wordings.join(' … '),
    message: `“${duty.title}”有${wordings.length}个期限：${[...duty.supersedes.map((it) => it.on), duty.due.on].join('、')}`,
  }];
}

/** One duty written down twice with different limits; another year is another duty. */
function sameDutyTwice(duties: readonly DutyRule[]): Found[] {
  const year = ({ due }: DutyRule) => (due.kind === 'on' ? due.on.slice(0, 4) : undefined);
  const same = (a: DutyRule, b: DutyRule) => a.kind === b.kind && a.subject === b.subject && a.actor === b.actor && a.receiver === b.receiver && a.form === b.form
    && (a.title === b.title || a.clauses.some((id) => b.clauses.includes(id))) && (!year(a) || !year(b) || year(a) === year(b));
  const limit = ({ due: { wording: _wording, ...due } }: DutyRule) => JSON.stringify(due);
  return duties.flatMap((duty, index) => {
    const twin = duties.slice(0, index).find((other) => same(duty, other) && limit(other) !== limit(duty));
    return twin ? [{ id: `duplicate-deadline:${twin.id}+${duty.id}`, kind: 'duplicate-deadline' as const, severity: 'error' as const, clauses: clausesOf([twin, duty]), message: `“${twin.title}”与“${duty.title}”是同一项工作，期限却不同` }] : [];
  });
}

/** A window in two widths decides nobody's lateness: it asks. */
function windowPrintedTwice(stage: StageRule): Found[] {
  const [other] = stage.supersedes;
  if (!other) return [];
  const days = (it: Pick<StageRule, 'opens' | 'closes'>) => { const { opens, closes } = { opens: it.opens ?? stage.opens, closes: it.closes ?? stage.closes }; const window = windowOf({ opens, closes }); return window ? `${window.opensOn} 至 ${window.closesOn}` : ''; };
  return [{
    id: `duplicate-deadline:${stage.id}`, kind: 'duplicate-deadline', severity: 'warning', clauses: stage.clauses, follows: other.reading,
    quote: stage.supersedes.map((it) => it.wording).join(' … '), message: `阶段“${stage.title}”（${days(stage)}）的时间另有写法：${stage.supersedes.map((it) => `“${it.wording}”（${days(it)}）`).join('、')}`,
  }];
}

/** Nobody is named, or whoever is named no longer acts on the day it is due and nobody has taken over. */
export function nobody(pack: Pack, stage: StageRule, duty: DutyRule): Found[] {
  const on = dueOf(stage, duty);
  const acts = (id: string | undefined) => id === 'institution' || (id !== undefined && (!on || agencyOn(pack, id, on) !== undefined));
  const about = { severity: 'error' as const, clauses: duty.clauses };
  const gone = (id: string | undefined) => (id ? `：${pack.campaign?.agencies[id]?.name ?? id}在 ${on ?? ''} 已不存在或尚未设立` : '');
  return [
    ...(acts(duty.actor) ? [] : [{ ...about, id: `no-actor:${duty.id}`, kind: 'no-actor' as const, message: `“${duty.title}”没有写明由谁办理${gone(duty.actor)}` }]),
    ...(acts(duty.receiver) ? [] : [{ ...about, id: `no-receiver:${duty.id}`, kind: 'no-receiver' as const, message: `“${duty.title}”没有写明报送给谁${gone(duty.receiver)}` }]),
  ];
}

const dueOf = (stage: StageRule, { due }: DutyRule): LocalDate | undefined => (due.kind === 'on' ? due.on : due.kind === 'endOfStage' ? windowOf(stage)?.closesOn : undefined);

/** A consequence that is over before the duty is due. */
export const overBefore = (stage: StageRule, duty: DutyRule): Found[] => {
  const on = dueOf(stage, duty);
  const { until, clauses } = duty.missed;
  return on && until && until < on ? [{ id: `order:${duty.id}:missed`, kind: 'order', severity: 'error', clauses: [...new Set([...duty.clauses, ...clauses])], message: `“${duty.title}”逾期的后果到 ${until} 为止，早于它的期限 ${on}` }] : [];
};

export const noLimit = ({ undated, duties }: StageRule): Found[] => duties.flatMap(({ id, title, clauses, due: { kind, reading, wording } }) => (kind !== 'none' || (undated && !wording) ? [] : [{
  id: `no-limit:${id}`, kind: 'no-limit' as const, severity: 'warning' as const, clauses, follows: reading, ...(wording && { quote: wording }),
  message: `“${title}”没有写明期限${wording ? `（原文为“${wording}”）` : ''}`,
}]));

/** A stage outside the time for which its pack is in force, and a duty outside its stage. */
export function outsideStage({ inForce }: Pack, stage: StageRule): Found[] {
  const window = windowOf(stage);
  if (!window) return [];
  const inside = window.opensOn >= inForce.from && (!inForce.to || window.closesOn <= inForce.to);
  const lapsed: Found[] = inside ? [] : [{ id: `outside-parent:in-force:${stage.id}`, kind: 'outside-parent', severity: 'error', clauses: stage.clauses, message: `阶段“${stage.title}”（${window.opensOn} 至 ${window.closesOn}）不在政策包的有效期（${inForce.from} 至 ${inForce.to ?? '另行规定'}）之内` }];
  return [...lapsed, ...stage.duties.flatMap((duty) => {
    if (duty.due.kind !== 'on' || (duty.due.on >= window.opensOn && duty.due.on <= window.closesOn)) return [];
    return [{ id: `outside-parent:${duty.id}`, kind: 'outside-parent' as const, severity: 'error' as const, clauses: clausesOf([duty, stage]), message: `“${duty.title}”的期限 ${duty.due.on} 不在阶段“${stage.title}”（${window.opensOn} 至 ${window.closesOn}）之内` }];
  })];
}

/** A printed day whose year stands neither in its words, in its clauses, in those of its stage nor in the date of the document. One for each day. */
export function noYears(pack: Pack, stages: readonly StageRule[]): Found[] {
  const dated = stages.flatMap((stage) => stage.duties.flatMap((duty) => (duty.due.kind === 'on' && !yearIsStated(pack, stage, duty, duty.due) ? [{ duty, ...duty.due }] : [])));
  return [...new Set(dated.map(({ on }) => on))].map((on): Found => {
    const about = dated.filter((it) => it.on === on);
    const quote = about.find((it) => it.wording)?.wording;
    return {
      id: `no-year:${on}`, kind: 'no-year', severity: 'error', clauses: clausesOf(about.map((it) => it.duty)), follows: about.find((it) => it.reading)?.reading, ...(quote && { quote }),
      message: `${about.map((it) => `“${it.duty.title}”`).join('、')}的期限没有写明年份，暂作 ${on}`,
    };
  });
}

function yearIsStated({ clauses, document }: Pack, stage: StageRule, duty: DutyRule, due: Extract<DutyRule['due'], { kind: 'on' }>): boolean {
  if (due.yearStated !== undefined) return due.yearStated;
  const year = due.on.slice(0, 4);
  const words = [due.wording, stage.title, duty.title, ...[...duty.clauses, ...stage.clauses].map((id) => clauses[id]?.quote)];
  const ofDocument = [...new Set(document.title.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g))];
  return words.some((it) => it?.includes(year)) || document.issued?.startsWith(year) === true || (ofDocument.length === 1 && ofDocument[0] === year);
}

/** What sums up others is due before they are. */
export function beforeItsParts(stages: readonly StageRule[]): Found[] {
  const dated = stages.flatMap((stage) => stage.duties.flatMap((duty) => {
    const on = dueOf(stage, duty);
    return on ? [{ duty, on }] : [];
  }));
  return dated.flatMap((whole) => {
    const parts = dated.filter(({ duty, on }) => on > whole.on && sumsUp[whole.duty.kind]?.includes(duty.kind) && [duty.receiver, duty.actor].includes(whole.duty.actor));
    return parts.length === 0 ? [] : [{
      id: `order:${whole.duty.id}`, kind: 'order' as const, severity: 'warning' as const, clauses: clausesOf([whole.duty, ...parts.map(({ duty }) => duty)]),
      message: `“${whole.duty.title}”（${whole.on}）的期限早于它所汇总的${parts.map(({ duty, on }) => `“${duty.title}”（${on}）`).join('、')}`,
    }];
  });
}
