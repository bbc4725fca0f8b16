-- A limit that an agency wrote for rectifying and that was missed is a reason of its own to look at a qualification.
alter table review drop constraint review_ground_check;
alter table review add constraint review_ground_check check (ground in ('red-years', 'rectification-overdue', 'rectification-missed'));
