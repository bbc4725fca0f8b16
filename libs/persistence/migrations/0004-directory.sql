-- Each room's own copy of who and where: areas with their dated tree, agencies, people by their accounts, appointments.
-- Filled from the facts of the gateway (the gateway fills its own in the same transaction). No name of a person.
create table jurisdiction_ref (
  id text primary key,
  code text,
  name text not null,
  level text not null,
  from_on date not null,
  to_on date,
  merged_into text,
  version int not null
);

create table jurisdiction_edge_ref (
  child text not null,
  parent text not null,
  from_on date not null,
  to_on date,
  primary key (child, parent, from_on)
);
create index jurisdiction_edge_parent on jurisdiction_edge_ref (parent);

-- Every area under every other, itself included, for the time it belonged there: computed from the edges.
create table jurisdiction_closure_ref (
  ancestor text not null,
  descendant text not null,
  from_on date not null,
  to_on date,
  primary key (ancestor, descendant, from_on)
);
create index jurisdiction_closure_descendant on jurisdiction_closure_ref (descendant);

create table agency_ref (
  id uuid primary key,
  name text not null,
  kind text not null,
  jurisdiction text not null,
  from_on date not null,
  to_on date,
  delegated jsonb not null,
  version int not null
);

create table person_ref (
  id uuid primary key,
  state text not null check (state in ('active', 'disabled')),
  version int not null
);

create table account_ref (
  account text primary key,
  person_id uuid not null
);
create index account_ref_person on account_ref (person_id);

create table appointment_ref (
  id uuid primary key,
  person_id uuid not null,
  role text not null,
  agency_id uuid,
  agency_kind text,
  jurisdiction text not null,
  institution_id text,
  institution_name text,
  from_on date not null,
  to_on date,
  delegated_from uuid,
  state text not null check (state in ('granted', 'ended')),
  handed_to uuid,
  version int not null
);
create index appointment_ref_person on appointment_ref (person_id);
create index appointment_ref_jurisdiction on appointment_ref (jurisdiction, role);

-- Counts the changes of these tables: every process of the room sees by one number whether what it remembers still holds.
create table directory_epoch (
  one boolean primary key default true check (one),
  epoch bigint not null
);
insert into directory_epoch (epoch) values (0);
