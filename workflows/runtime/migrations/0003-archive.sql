-- Runs as they were, kept after Temporal has forgotten them. Bundles, packs and calendars stand once each, by their hash.
create table archived_file (
  sha256 text primary key,
  kind text not null check (kind in ('bundle', 'pack', 'calendar')),
  name text not null,
  content bytea not null,
  kept_at timestamptz not null
);
comment on table archived_file is 'append-only';
create index archived_file_name on archived_file (kind, name);

create table archived_run (
  id uuid primary key,
  workflow_id text not null,
  run_id text not null,
  campaign_id text not null,
  events int not null,
  closed_at timestamptz,
  archived_at timestamptz not null,
  history bytea not null,
  -- canonical JSON, as its entry in the log has it
  record text not null,
  unique (workflow_id, run_id, events)
);
comment on table archived_run is 'append-only';
create index archived_run_campaign on archived_run (campaign_id, id);
create index archived_run_closed on archived_run (closed_at);
