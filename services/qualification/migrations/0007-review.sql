-- What publication has made public of a body's year. Null: withdrawn.
create table colour_ref (
  institution_id text collate "C" not null,
  jurisdiction text not null,
  year int not null,
  revision int not null,
  colour text,
  published_on date,
  pack text not null,
  pack_version int not null,
  primary key (institution_id, jurisdiction, year)
);

-- A reason to look at a qualification. It ends nothing: who issued it keeps it, or begins a procedure of its own.
create table review (
  id text collate "C" primary key,
  institution_id text collate "C" not null,
  -- null: the body as a whole
  line text,
  ground text not null check (ground in ('red-years', 'rectification-overdue')),
  year int not null,
  -- the place whose commission issued the qualification, else the one the colour is of
  authority text not null,
  jurisdiction text not null,
  because text not null,
  seen jsonb not null,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  state text not null default 'open' check (state in ('open', 'kept', 'referred')),
  opened_at timestamptz not null,
  -- what came to be known of it later
  notes jsonb not null default '[]',
  concluded_at timestamptz,
  concluded_by text,
  reasons text,
  procedure text,
  version int not null default 1,
  unique nulls not distinct (institution_id, jurisdiction, ground, year, authority, line)
);
create index review_latest on review (id desc);

select protect_rows('colour_ref', 'jurisdiction = :places or institution_id = :bodies or exists (select 1 from institution i where i.id = institution_id)', 'false');
select protect_rows('review', 'authority = :places or jurisdiction = :places');
