/** The body's report was given back and no corrected one has come: its duty is done only when that comes. Of one that has left the campaign none is awaited. */
export const awaitsCorrection = (obligation: string): string =>
  `(${obligation}.kind = 'self-check-report' and exists (select 1 from self_check g join roster_member m on m.campaign_id = g.campaign_id and m.unit = g.unit and m.institution_id = g.institution_id and m.state = 'in' where g.campaign_id = ${obligation}.campaign_id and g.unit = ${obligation}.unit and g.institution_id = ${obligation}.institution_id and g.state = 'returned'))`;

/**
 * How a duty stands for whoever asks what is to be done: while a report awaits its correction it is open, and past its day overdue.
 * The obligation itself stays settled: who reported in time is not late for having to correct.
 */
export const stands = (obligation: string, now: string): string =>
  `case when ${obligation}.state in ('done', 'late') and ${awaitsCorrection(obligation)} then case when ${obligation}.firm and ${obligation}.due_at <= ${now}::timestamptz then 'overdue' else 'open' end else ${obligation}.state end`;
