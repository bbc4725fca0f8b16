-- Who and where: the gateway owns it; every room, this one included, keeps the part it needs in its *_ref tables.
create table jurisdiction (
  id text primary key,
  code text,
  name text not null,
  level text not null check (level in ('province', 'city', 'county', 'area')),
  from_on date not null,
  to_on date,
  merged_into text references jurisdiction (id),
  version int not null default 1,
  check (to_on is null or from_on <= to_on)
);
create table jurisdiction_parent (
  child text not null references jurisdiction (id),
  parent text not null references jurisdiction (id),
  from_on date not null,
  to_on date,
  primary key (child, from_on),
  check (child <> parent),
  check (to_on is null or from_on <= to_on)
);

create table person (
  id uuid primary key,
  -- For administrators' lists only: in no fact, no entry of the log, no other room.
  name text,
  state text not null default 'active' check (state in ('active', 'disabled')),
  version int not null default 1
);
create table person_account (
  account text primary key,
  person_id uuid not null references person (id)
);
create index person_account_person on person_account (person_id);

create table agency (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('commission', 'disease-control-bureau', 'enforcement-team', 'disease-control-centre', 'quality-centre', 'supervision-bureau')),
  jurisdiction text not null references jurisdiction (id),
  from_on date not null,
  to_on date,
  head uuid references person (id),
  version int not null default 1
);
create table agency_delegation (
  id uuid primary key,
  agency_id uuid not null references agency (id),
  duty text not null,
  to_agency_id uuid not null references agency (id),
  from_on date not null,
  to_on date,
  reason text not null,
  check (agency_id <> to_agency_id)
);

create table appointment (
  id uuid primary key,
  person_id uuid not null references person (id),
  role text not null,
  agency_id uuid references agency (id),
  jurisdiction text not null references jurisdiction (id),
  institution_id text,
  institution_name text,
  from_on date not null,
  to_on date,
  reason text not null,
  delegated_from uuid references appointment (id),
  granted_by text not null,
  granted_at timestamptz not null,
  state text not null default 'granted' check (state in ('granted', 'ended')),
  ended_by text,
  end_reason text,
  ended_at timestamptz,
  handed_to uuid references person (id),
  version int not null default 1,
  check (to_on is null or from_on <= to_on),
  check (handed_to is null or handed_to <> person_id)
);
create index appointment_person on appointment (person_id);
create index appointment_jurisdiction on appointment (jurisdiction);
