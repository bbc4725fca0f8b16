-- A case may have had several runs, and one that ended earlier may be archived later: which is the latest, its own beginning says.
alter table archived_run add column started_at timestamptz;
update archived_run set started_at = (record::jsonb ->> 'startedAt')::timestamptz;
alter table archived_run alter column started_at set not null;
create index archived_run_begun on archived_run (workflow_id, started_at desc);
