-- Duties that need no page of their own: what was done, when, with the issues listed. A later record takes the place of an earlier one.
create table duty_record (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  duty text not null,
  kind text not null,
  institution_id uuid,
  done_on date not null,
  note text not null,
  issues jsonb not null,
  outcome jsonb,
  sealed_by text,
  on_behalf jsonb,
  state text not null default 'current' check (state in ('current', 'superseded')),
  late boolean,
  due_on date,
  clauses jsonb not null,
  received_at timestamptz not null,
  actor text not null,
  foreign key (campaign_id, unit) references campaign_unit (campaign_id, unit)
);
create unique index duty_record_current on duty_record (campaign_id, unit, duty, institution_id) nulls not distinct where state = 'current';

-- Stages without any time in the text, beside the dated ones.
alter table campaign_unit add column milestones jsonb not null default '[]';

-- Counts that this system does not have itself, with where they come from. Never changed; a later entry stands.
create table measure_entry (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  campaign_id uuid not null,
  unit text not null,
  measure text not null,
  kind text not null,
  count bigint not null check (count >= 0),
  as_of date not null,
  source text not null,
  entered_at timestamptz not null,
  actor text not null,
  foreign key (campaign_id, unit) references campaign_unit (campaign_id, unit)
);
comment on table measure_entry is 'append-only';
create index measure_entry_latest on measure_entry (campaign_id, measure, kind, unit, seq desc);
