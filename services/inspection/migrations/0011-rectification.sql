-- What published colours entail here: who owes a rectification report, and what became of it.
alter table institution_ref add column lines jsonb, add column serves text[] not null default '{}';
create index institution_ref_home on institution_ref (jurisdiction, institution_id);
create index institution_ref_serves on institution_ref using gin (serves);

-- A year of colours in a jurisdiction, and by which pack and calendar it goes.
create table colour_year (
  jurisdiction text not null,
  year int not null,
  run_id text not null,
  pack text not null,
  pack_version int not null,
  -- when its year had ended: what had been owed and was not done, as it stood then
  closed_at timestamptz,
  year_end jsonb,
  year_end_sha256 text,
  primary key (jurisdiction, year)
);

-- Every publication and withdrawal as it was heard. Colour null: withdrawn.
create table colour_entry (
  fact_id text primary key,
  notice_id text not null,
  institution_id uuid not null,
  jurisdiction text not null,
  year int not null,
  revision int not null,
  colour text,
  before text,
  erratum boolean not null,
  published_on date,
  address text,
  reason text,
  heard_at timestamptz not null
);
comment on table colour_entry is 'append-only';
create index colour_entry_notice on colour_entry (notice_id, institution_id) where colour is not null;
create index colour_entry_institution on colour_entry (institution_id, jurisdiction, year);

-- The latest of them.
create table colour_ref (
  institution_id uuid not null,
  jurisdiction text not null,
  year int not null,
  revision int not null,
  colour text,
  published_on date,
  primary key (institution_id, jurisdiction, year)
);
create index colour_ref_year on colour_ref (jurisdiction, year);

create table rectification (
  id uuid primary key,
  institution_id uuid not null,
  jurisdiction text not null,
  -- where the body is at home
  place text not null,
  year int not null,
  run_id text not null,
  colour text not null,
  revision int not null,
  published_on date not null,
  due_on date,
  due_at timestamptz,
  firm boolean not null,
  because text not null,
  pack text not null,
  pack_version int not null,
  calendar text not null,
  clauses jsonb not null,
  state text not null default 'open' check (state in ('open', 'submitted', 'returned', 'accepted', 'released')),
  -- whether the first report came late; null while there is none, or while no firm day is known
  late boolean,
  overdue_at timestamptz,
  reminded_at timestamptz,
  notes jsonb not null default '[]',
  ordered_at timestamptz not null,
  version int not null default 1,
  unique (institution_id, jurisdiction, year)
);
create index rectification_year on rectification (jurisdiction, year, state);
create index rectification_waiting on rectification (jurisdiction, year, due_on) where state = 'open' and overdue_at is null;

create table rectification_report (
  id uuid primary key,
  rectification_id uuid not null references rectification,
  report int not null,
  summary text not null,
  items jsonb not null,
  sealed_by text not null,
  on_behalf jsonb,
  received_at timestamptz not null,
  late boolean,
  state text not null default 'submitted' check (state in ('submitted', 'returned', 'accepted', 'superseded')),
  reasons jsonb not null default '[]',
  decided_at timestamptz,
  unique (rectification_id, report)
);

select protect_rows('colour_year', ':asked', 'jurisdiction = :places');
select protect_rows('colour_entry', 'jurisdiction = :places or institution_id::text = :bodies or exists (select 1 from institution_ref i where i.institution_id = colour_entry.institution_id and i.jurisdiction = :places)', 'false');
select protect_rows('colour_ref', 'jurisdiction = :places or institution_id::text = :bodies or exists (select 1 from institution_ref i where i.institution_id = colour_ref.institution_id and i.jurisdiction = :places)', 'false');
select protect_rows('rectification', 'jurisdiction = :places or place = :places or institution_id::text = :bodies', 'jurisdiction = :places or institution_id::text = :bodies');
select protect_rows('rectification_report', 'exists (select 1 from rectification r where r.id = rectification_id)');
