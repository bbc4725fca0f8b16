-- How often a body is to be checked in a year by its colour, and the checks there were.
create table check_quota (
  institution_id uuid not null,
  jurisdiction text not null,
  year int not null,
  place text not null,
  -- null: none, and then nothing is ruled
  colour text,
  -- whose colour it is: of this year, or still of the one before
  colour_from text not null check (colour_from in ('this-year', 'last-year')),
  frequency text,
  min int,
  target int,
  permitted boolean not null,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  reason text,
  since timestamptz not null,
  -- what it was before, and why that changed
  history jsonb not null default '[]',
  primary key (institution_id, jurisdiction, year)
);
create index check_quota_year on check_quota (jurisdiction, year, institution_id);

create table check_record (
  id uuid primary key,
  institution_id uuid not null,
  jurisdiction text not null,
  place text not null,
  year int not null,
  origin text not null check (origin in ('planned', 'complaint')),
  visited_on date not null,
  inspectors jsonb not null,
  problems jsonb not null,
  result text not null,
  complaint text,
  -- the colour in use then, and what the pack's table says of such a check
  colour text,
  ruling text,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
comment on table check_record is 'append-only';
create index check_record_year on check_record (jurisdiction, year, institution_id);
create index check_record_institution on check_record (institution_id, visited_on);

create table inspection_summary (
  id uuid primary key,
  jurisdiction text not null,
  year int not null,
  version int not null,
  content jsonb not null,
  sha256 text not null,
  summary text not null,
  note text not null,
  receiver text not null,
  sent_at timestamptz not null,
  sent_by text not null,
  clauses jsonb not null,
  unique (jurisdiction, year, version)
);
comment on table inspection_summary is 'append-only';

select protect_rows('check_quota', 'jurisdiction = :places or place = :places', 'false');
-- A check is recorded by whoever supervises the place the colour is of, or the body's own.
select protect_rows('check_record', 'jurisdiction = :places or place = :places or institution_id::text = :bodies', 'jurisdiction = :places or place = :places');
select protect_rows('inspection_summary', 'jurisdiction = :places');
