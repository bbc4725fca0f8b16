-- A year's colouring of a jurisdiction: one for each year. `concerns`: the place and those below it when it was opened.
create table colour_run (
  id text collate "C" primary key,
  jurisdiction text not null,
  concerns text[] not null,
  year int not null,
  basis_year int not null,
  pack text not null,
  pack_version int not null,
  pack_hash text not null,
  calendar text not null,
  state text not null default 'opened' check (state in ('opened', 'proposed', 'signed', 'published')),
  opened_at timestamptz not null,
  opened_by text not null,
  -- The last preview: what was computed from the inputs of then, under one hash.
  proposed_at timestamptz,
  proposed_by text,
  digest text,
  -- The first signature; supplements are rows of colour_signature.
  signed_at timestamptz,
  signed_by text,
  -- What was owed and not done at the end of the year.
  year_end jsonb,
  version int not null default 1,
  unique (jurisdiction, year)
);

-- What the last preview says of each managed body; the next one takes its place. Nothing of it is decided.
create table colour_proposed (
  run_id text collate "C" not null references colour_run,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  colour text,
  red_years int not null,
  lines jsonb not null,
  clauses text[] not null,
  primary key (run_id, institution_id)
);

create table colour_signature (
  id text collate "C" primary key,
  run_id text collate "C" not null references colour_run,
  jurisdiction text not null,
  digest text not null,
  bodies int not null,
  undetermined jsonb not null,
  signed_at timestamptz not null,
  signed_by text not null
);
comment on table colour_signature is 'append-only';

-- A body's colour of a year as two persons decided it. A change is a later revision; `colour` null: it has none any more.
create table colour_entry (
  run_id text collate "C" not null references colour_run,
  institution_id text collate "C" not null,
  revision int not null,
  jurisdiction text not null,
  home text not null,
  year int not null,
  colour text,
  red_years int not null,
  lines jsonb not null,
  clauses text[] not null,
  because text not null check (because in ('run', 'objection', 'correction')),
  correction_id text collate "C",
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (run_id, institution_id, revision)
);
comment on table colour_entry is 'append-only';
create index colour_entry_of_institution on colour_entry (institution_id, year);

-- What publication has told: notices of a run, what they made public, what was objected to.
create table colour_notice (
  notice_id text collate "C" primary key,
  run_id text collate "C" not null,
  jurisdiction text not null,
  because text not null,
  posted_on date not null,
  last_day date not null,
  entries int not null,
  finished_at timestamptz,
  published int,
  waiting int,
  withdrawn_reason text
);
create table colour_publication (
  fact_id text collate "C" primary key,
  run_id text collate "C" not null,
  institution_id text collate "C" not null,
  revision int not null,
  jurisdiction text not null,
  year int not null,
  -- Null: what had been published was withdrawn.
  colour text,
  before text,
  erratum boolean not null,
  published_on date,
  notice_id text collate "C" not null,
  site text,
  address text,
  reason text,
  told_at timestamptz not null
);
comment on table colour_publication is 'append-only';
create index colour_publication_of_institution on colour_publication (institution_id, year, told_at);

create table colour_objection (
  objection_id text collate "C" primary key,
  run_id text collate "C" not null,
  institution_id text collate "C" not null,
  notice_id text collate "C" not null,
  jurisdiction text not null,
  outcome text,
  raised_at timestamptz,
  answered_at timestamptz,
  correction_id text collate "C"
);

-- Years in a row, as counted when a colour was published, withdrawn or corrected; a later count is a later revision.
create table red_years (
  jurisdiction text not null,
  institution_id text collate "C" not null,
  year int not null,
  revision int not null,
  run_id text collate "C" not null,
  colour text,
  red_years int not null,
  step text not null check (step in ('none', 'alarm', 'propose')),
  counted_at timestamptz not null,
  primary key (jurisdiction, institution_id, year, revision)
);
comment on table red_years is 'append-only';

-- An input changed after the colour was signed: drafted by one person with everything that follows from it, decided by another.
create table colour_correction (
  id text collate "C" primary key,
  run_id text collate "C" not null references colour_run,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  line text not null,
  because text not null check (because in ('objection', 'correction')),
  objection_id text collate "C",
  change jsonb not null,
  reason text not null,
  effects jsonb not null,
  digest text not null,
  state text not null default 'draft' check (state in ('draft', 'accepted', 'rejected')),
  drafted_at timestamptz not null,
  drafted_by text not null,
  decided_at timestamptz,
  decided_by text,
  decided_because text,
  revision int,
  version int not null default 1
);
create unique index colour_correction_open on colour_correction (run_id, institution_id) where state = 'draft';

create view colour_entry_current with (security_invoker = true) as select distinct on (run_id, institution_id) * from colour_entry order by run_id, institution_id, revision desc;
create view colour_public with (security_invoker = true) as select distinct on (run_id, institution_id) * from colour_publication order by run_id, institution_id, told_at desc, fact_id desc;
create view red_years_current with (security_invoker = true) as select distinct on (jurisdiction, institution_id, year) * from red_years order by jurisdiction, institution_id, year, revision desc;
-- How each body of a run stands: what was signed, else what the preview says; `changed`: its inputs say something else by now.
create view colour_standing with (security_invoker = true) as
  select run_id, institution_id, coalesce(e.jurisdiction, p.jurisdiction) as jurisdiction, coalesce(e.home, p.home) as home,
      case when e.colour is not null then 'signed' when p.colour is not null then 'to-sign' else 'undetermined' end as state,
      coalesce(e.colour, p.colour) as colour, case when e.colour is not null then e.red_years else coalesce(p.red_years, 0) end as red_years,
      case when e.colour is not null or p.run_id is null then e.lines else p.lines end as lines, case when e.colour is not null or p.run_id is null then e.clauses else p.clauses end as clauses,
      e.revision, coalesce(e.colour is not null and p.run_id is not null and (e.colour is distinct from p.colour or e.lines <> p.lines), false) as changed
    from colour_proposed p full join colour_entry_current e using (run_id, institution_id);

-- A run is seen where it is made and in the places it concerns; a body's colour there and in its home among them. The body itself sees it
-- once it has been published: what is put up for objection it learns from publication.
select protect_rows('colour_run', 'jurisdiction = :places or concerns && :place_list or exists (select 1 from colour_publication p where p.run_id = colour_run.id and p.institution_id = :bodies)', 'jurisdiction = :places');
do $$
declare
  here constant text := 'jurisdiction = :places or (home = :places and exists (select 1 from colour_run r where r.id = run_id))';
begin
  perform protect_rows('colour_proposed', here, 'jurisdiction = :places');
  perform protect_rows('colour_entry', here || ' or (institution_id = :bodies and exists (select 1 from colour_publication c where c.run_id = colour_entry.run_id and c.institution_id = colour_entry.institution_id and c.revision >= colour_entry.revision))', 'jurisdiction = :places');
end $$;
select protect_rows('colour_signature', 'jurisdiction = :places');
select protect_rows('colour_notice', 'jurisdiction = :places or exists (select 1 from colour_run r where r.id = run_id)', 'jurisdiction = :places');
select protect_rows('colour_publication', 'jurisdiction = :places or institution_id = :bodies or exists (select 1 from institution_ref i where i.id = institution_id)', 'jurisdiction = :places');
select protect_rows('colour_objection', 'jurisdiction = :places', 'jurisdiction = :places');
select protect_rows('red_years', 'jurisdiction = :places or exists (select 1 from institution_ref i where i.id = institution_id)', 'jurisdiction = :places');
select protect_rows('colour_correction', 'jurisdiction = :places');
