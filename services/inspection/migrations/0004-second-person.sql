-- Who drew a campaign up (the person, whatever place they acted in): somebody else approves it. Unknown for campaigns of before.
alter table campaign add column made_by text;
