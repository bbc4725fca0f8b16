-- The yearly evaluation (绩效评估): for a place, a year and a line one set of indicators of a pack, pinned when it is opened.
create table evaluation_plan (
  id text collate "C" primary key,
  jurisdiction text not null,
  -- the place and those below it when it was opened: whose bodies it concerns
  concerns text[] not null,
  year int not null,
  line text not null,
  set_id text not null,
  title text not null,
  pack text not null,
  pack_version int not null,
  pack_hash text not null,
  opened_at timestamptz not null,
  opened_by text not null,
  version int not null default 1,
  unique (jurisdiction, year, line)
);

-- One sheet for each body, line and year. `score` is what its entries come to now; what counts stands in evaluation_revision.
create table evaluation (
  id text collate "C" primary key,
  plan_id text collate "C" not null references evaluation_plan,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  line text not null,
  year int not null,
  state text not null check (state in ('draft', 'submitted', 'looked', 'signed', 'returned')),
  served boolean not null,
  entries jsonb not null,
  score text,
  missing int not null,
  -- every account that wrote scores since the sheet was last signed: none of them looks a second time or signs
  scorers text[] not null,
  scored_by text,
  scored_at timestamptz,
  looked_by text,
  looked_at timestamptz,
  signed_by text,
  signed_at timestamptz,
  returns jsonb not null default '[]',
  -- the last signed revision; 0 before the first
  revision int not null default 0,
  version int not null default 1,
  unique (institution_id, line, year),
  check (state not in ('submitted', 'looked', 'signed') or (missing = 0 and scored_by is not null))
);
create index evaluation_of_plan on evaluation (plan_id, institution_id);

-- A score as it was signed off, or corrected afterwards by two persons. A correction is a later revision. `score` null: no service that year.
create table evaluation_revision (
  evaluation_id text collate "C" not null references evaluation,
  revision int not null,
  served boolean not null,
  score text,
  because text not null check (because in ('signed', 'correction')),
  correction_id text collate "C",
  -- what the score was made of; null where a correction decided the score as a whole
  entries jsonb,
  at timestamptz not null,
  by_account text not null,
  certificate_id text collate "C" not null,
  primary key (evaluation_id, revision),
  check (served = (score is not null))
);
comment on table evaluation_revision is 'append-only';

-- A sheet of scores from a file: its good lines wait until somebody confirms them.
create table score_import (
  id text collate "C" primary key,
  plan_id text collate "C" not null references evaluation_plan,
  jurisdiction text not null,
  file_name text not null,
  sha256 text not null,
  state text not null default 'preview' check (state in ('preview', 'confirmed')),
  rows int not null,
  good int not null,
  bodies int not null,
  faults int not null,
  errors jsonb not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  entered int,
  unchanged int,
  passed_over int,
  version int not null default 1
);
-- One good line; `item` null: the body did no service that year.
create table score_row (
  import_id text collate "C" not null references score_import,
  jurisdiction text not null,
  row_no int not null,
  institution_id text collate "C" not null,
  item text,
  score text,
  not_applicable boolean not null,
  failed boolean,
  note text,
  primary key (import_id, row_no)
);
comment on table score_row is 'append-only';

-- The plan is seen where it is made and in the places it concerns; a sheet there and in the body's home; the body itself sees it once it has been signed.
select protect_rows('evaluation_plan', 'jurisdiction = :places or concerns && :place_list', 'jurisdiction = :places');
select protect_rows('evaluation', 'jurisdiction = :places or home = :places or (institution_id = :bodies and revision > 0)', 'jurisdiction = :places');
select protect_rows('evaluation_revision', 'exists (select 1 from evaluation e where e.id = evaluation_id)');
select protect_rows('score_import', 'jurisdiction = :places');
select protect_rows('score_row', 'jurisdiction = :places');

-- What counts of a body's line in a year: the latest revision. Read by the colours of the year after.
create view evaluation_current with (security_invoker = true) as
  select e.institution_id, e.line, e.year, r.score, r.served, r.revision, e.id as evaluation_id, r.certificate_id
    from evaluation e join evaluation_revision r on r.evaluation_id = e.id and r.revision = e.revision;
