-- A report that was returned and not sent again falls due as one that was never sent.
drop index rectification_waiting;
create index rectification_waiting on rectification (jurisdiction, year, due_on) where state in ('open', 'returned') and overdue_at is null;
