-- Not every case is a campaign's: a year's colours, a notice and what colours entail are named by their workflow's id alone.
alter table archived_run alter column campaign_id drop not null;
create index archived_run_run on archived_run (run_id) where closed_at is not null;
