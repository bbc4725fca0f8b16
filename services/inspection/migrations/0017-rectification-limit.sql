-- The day an agency writes for rectifying itself, where the text leaves it to a case, and what became of it. Rows stay protected as they were (0011).
alter table rectification
  add column limit_on date,
  add column limit_at timestamptz,
  -- each as it was written, the latest last
  add column limits jsonb not null default '[]',
  -- when that day had ended and nobody had seen that it was rectified
  add column missed_at timestamptz,
  add column rectified_on date,
  add column verification jsonb,
  add constraint rectification_limit_whole check ((limit_on is null) = (limit_at is null) and (missed_at is null or limit_on is not null) and (rectified_on is null) = (verification is null));
create index rectification_limited on rectification (jurisdiction, year, limit_at) where limit_at is not null and missed_at is null and rectified_on is null and state <> 'released';
