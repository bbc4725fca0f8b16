-- How often bodies of a colour are monitored in a year, as the QC centre fixed it after reporting to the commission (CQ-2024-16).
-- The latest of a colour stands.
create table monitoring_frequency (
  id text collate "C" primary key,
  jurisdiction text not null,
  year int not null,
  colour text not null,
  times int not null,
  -- in so many years, the last of them this one
  years int not null,
  reported_on date not null,
  reference text not null,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  decided_at timestamptz not null,
  decided_by text not null
);
comment on table monitoring_frequency is 'append-only';
create index monitoring_frequency_year on monitoring_frequency (jurisdiction, year, colour, id desc);

create table monitoring_visit (
  id text collate "C" primary key,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  year int not null,
  visited_on date not null,
  members jsonb not null,
  problems jsonb not null,
  result text not null,
  colour text,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
comment on table monitoring_visit is 'append-only';
create index monitoring_visit_year on monitoring_visit (jurisdiction, year, institution_id);
create index monitoring_visit_institution on monitoring_visit (institution_id, visited_on);

create table monitoring_summary (
  id text collate "C" primary key,
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
  unique (jurisdiction, year, version)
);
comment on table monitoring_summary is 'append-only';

select protect_rows('monitoring_frequency', 'jurisdiction = :places');
select protect_rows('monitoring_visit', 'jurisdiction = :places or home = :places or institution_id = :bodies', 'jurisdiction = :places');
select protect_rows('monitoring_summary', 'jurisdiction = :places');
