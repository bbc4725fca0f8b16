-- Campaigns, their units, moments, rosters, obligations and the journal of what became of them.
create table campaign (
  id uuid primary key,
  name text not null,
  pack text not null,
  pack_version int not null,
  pack_hash text not null,
  calendar text not null,
  jurisdiction text not null,
  state text not null check (state in ('draft', 'approved', 'finished')),
  findings jsonb not null,
  agencies jsonb not null,
  made_at timestamptz not null,
  approved_at timestamptz,
  approved_by text,
  outcome jsonb,
  version int not null default 1
);

create table campaign_unit (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  unit text not null,
  name text not null,
  ord int not null,
  state text not null check (state in ('planned', 'running', 'suspended', 'finished')),
  stages jsonb not null,
  roster_id uuid,
  plan_text text not null default '',
  plan_dates jsonb not null default '[]',
  plan_filed_at timestamptz,
  plan_policy jsonb,
  outcome jsonb,
  version int not null default 1,
  unique (campaign_id, unit)
);

-- What must happen in a unit, and when. A deadline is a row; a workflow waits on the next one.
create table moment (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  ord int not null,
  kind text not null check (kind in ('freeze-roster', 'open-stage', 'remind', 'sweep', 'close-stage')),
  stage text not null,
  duty text,
  due_at timestamptz not null,
  firm boolean not null,
  clauses jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'dropped')),
  done_at timestamptz,
  counts jsonb,
  digest text,
  foreign key (campaign_id, unit) references campaign_unit (campaign_id, unit)
);
create index moment_pending on moment (campaign_id, unit, due_at, ord) where state = 'pending';

-- This room's own copy of the register, filled from facts, never corrected here.
create table institution_ref (
  institution_id uuid primary key,
  name text not null,
  credit_code text not null,
  kind text not null,
  jurisdiction text not null,
  address text not null,
  contact_post text,
  invented boolean not null,
  filing jsonb,
  revision int not null
);

create table roster (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  digest text not null,
  frozen_at timestamptz not null,
  parts int not null,
  unique (campaign_id, unit)
);
create table roster_part (
  roster_id uuid not null,
  part int not null,
  primary key (roster_id, part)
);
create table roster_member (
  campaign_id uuid not null,
  unit text not null,
  institution_id uuid not null,
  state text not null check (state in ('in', 'idle', 'undetermined')),
  clauses jsonb not null,
  added_at timestamptz not null,
  reason text,
  primary key (campaign_id, unit, institution_id)
);
create index roster_member_institution on roster_member (institution_id, campaign_id);

create table obligation (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  stage text not null,
  duty text not null,
  kind text not null,
  title text not null,
  actor text not null,
  receiver text not null,
  institution_id uuid,
  due_on date,
  limit_on date,
  due_at timestamptz,
  firm boolean not null,
  clauses jsonb not null,
  missed jsonb not null,
  state text not null default 'open' check (state in ('open', 'done', 'late', 'overdue', 'cancelled')),
  done_at timestamptz,
  late_at timestamptz,
  unique nulls not distinct (campaign_id, unit, duty, institution_id)
);
create index obligation_due on obligation (campaign_id, unit, duty, due_at) where state = 'open';
create index obligation_institution on obligation (institution_id, campaign_id);

-- What became of each obligation, in order. The digest a workflow step claims is over its own entries.
create table obligation_entry (
  seq bigint generated always as identity primary key,
  campaign_id uuid not null,
  unit text not null,
  obligation_id uuid not null,
  what text not null,
  at timestamptz not null,
  due_at timestamptz,
  moment_id uuid,
  actor text not null
);
comment on table obligation_entry is 'append-only';
create index obligation_entry_moment on obligation_entry (moment_id) where moment_id is not null;
create index obligation_entry_obligation on obligation_entry (obligation_id);

create table amendment (
  id uuid primary key,
  campaign_id uuid not null,
  kind text not null,
  units jsonb not null,
  stage text,
  duty text,
  due_on date,
  reason text not null,
  clause text,
  actor text not null,
  amended_at timestamptz not null
);
comment on table amendment is 'append-only';

create table reminder (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  duty text not null,
  due_on date not null,
  obligations int not null,
  automatic boolean not null,
  issued_at timestamptz not null,
  actor text not null
);
comment on table reminder is 'append-only';

create table notification (
  campaign_id uuid not null,
  unit text not null,
  institution_id uuid not null,
  means text not null,
  notified_on date not null,
  note text not null,
  acknowledged_on date,
  primary key (campaign_id, institution_id)
);
