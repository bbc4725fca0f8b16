-- Who exists, what is filed, what a district has seen of it; imports of lists; frozen rosters.
create table institution (
  id text collate "C" primary key,
  credit_code text not null unique,
  name text not null,
  kind text not null check (kind in ('occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis')),
  -- the home district; a code, never a prefix of the credit code
  jurisdiction text not null,
  address text not null,
  contact_post text,
  invented boolean not null,
  -- counts up with each change; also the revision that facts carry
  version int not null default 1,
  registered_at timestamptz not null
);
create index institution_of_unit on institution (jurisdiction, kind, id);

-- Every filing is kept; the one not superseded is the present one, whether open or closed.
create table filing (
  id text collate "C" primary key,
  institution_id text not null references institution,
  number text,
  filed_on date not null,
  filed_in text not null,
  categories jsonb not null,
  items jsonb not null,
  outreach boolean not null,
  closed_on date,
  closed_reason text,
  recorded_at timestamptz not null,
  superseded_at timestamptz
);
create unique index filing_present on filing (institution_id) where superseded_at is null;

-- Whether it operates, as a district saw it. Never overwritten: the latest observation counts.
create table operation (
  id text collate "C" primary key,
  institution_id text not null references institution,
  unit text not null,
  operating boolean not null,
  observed_on date not null,
  evidence text not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);
comment on table operation is 'append-only';
create index operation_latest on operation (institution_id, observed_on desc, id desc);

create table register_import (
  id text collate "C" primary key,
  file_name text not null,
  sha256 text not null,
  state text not null default 'preview' check (state in ('preview', 'confirmed')),
  version int not null default 1,
  rows int not null,
  good jsonb not null,
  errors jsonb not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  registered int,
  unchanged int
);

-- This room's own copy of a campaign, from the fact that approved it.
create table campaign (
  id text primary key,
  name text not null,
  jurisdiction text not null,
  units jsonb not null,
  pack text not null,
  pack_version int not null,
  finished_at timestamptz
);

create table roster (
  id text collate "C" primary key,
  campaign_id text not null references campaign,
  unit text not null,
  frozen_at timestamptz not null,
  digest text not null,
  counts jsonb not null,
  finished_at timestamptz,
  unique (campaign_id, unit)
);
create index roster_of_unit on roster (unit);

create table roster_member (
  roster_id text not null references roster,
  institution_id text not null references institution,
  state text not null check (state in ('in', 'idle', 'undetermined')),
  clauses jsonb not null,
  added_at timestamptz not null,
  -- null: frozen; else why it was added or changed later
  reason text,
  primary key (roster_id, institution_id)
);
