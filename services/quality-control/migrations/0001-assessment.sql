-- Circulars of yearly quality assessments, and the problems each names of an institution.
create table assessment_circular (
  id text collate "C" primary key,
  year int not null,
  title text not null,
  circulated_at timestamptz not null,
  circulated_by text not null,
  jurisdiction text not null
);
create index assessment_circular_year on assessment_circular (year, id);

-- One row for each institution of a circular; problems are never edited, a correction is a new circular.
create table assessment (
  circular_id text not null references assessment_circular,
  institution_id text not null,
  problems jsonb not null,
  primary key (circular_id, institution_id)
);
comment on table assessment is 'append-only';
create index assessment_of_institution on assessment (institution_id);
