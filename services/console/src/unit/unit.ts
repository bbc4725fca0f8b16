import type { Answer } from '@zhijian/web';

export type Unit = Answer<'getUnit'>;
export type Institution = Unit['institutions'][number];
export type Obligation = Institution['obligations'][number];
export type UnitStage = Unit['stages'][number];
export type Duty = UnitStage['duties'][number];

const owedByBodies = (stages: readonly { duties: Duty[] }[]): Duty[] => stages.flatMap(({ duties }) => duties).filter(({ subject }) => subject === 'institution');

/** Duties that bodies owe though the text gives no time for them. */
export const undatedDuties = (unit: Unit): Duty[] => owedByBodies(unit.milestones).filter(({ id }) => unit.institutions.some((institution) => obligationOf(institution, id)?.noLimit));

/** The duties that each body of the roster has, in the order of the stages; those without a date last. */
export const institutionDuties = (unit: Unit): Duty[] => [...owedByBodies(unit.stages), ...undatedDuties(unit)];

/** The duty of one body, where it has it. */
export const obligationOf = (institution: Institution, duty: string): Obligation | undefined => institution.obligations.find((it) => it.duty === duty);

/** How many bodies have not done a duty yet. */
export const remaining = (unit: Unit, duty: string): number =>
  [...unit.institutions.flatMap(({ obligations }) => obligations), ...unit.unitObligations].filter((it) => it.duty === duty && (it.state === 'open' || it.state === 'overdue')).length;
