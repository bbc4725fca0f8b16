-- Laboratory comparisons (能力比对): one round for each scheme of a pack, place and year. `concerns`: the place and those below
-- it when the round was laid down; whoever holds the line there, or serves there, is obliged.
create table comparison_round (
  id text collate "C" primary key,
  jurisdiction text not null,
  concerns text[] not null,
  pack text not null,
  pack_version int not null,
  pack_hash text not null,
  scheme text not null,
  line text not null,
  year int not null,
  title text not null,
  state text not null check (state in ('planned', 'open', 'evaluated')),
  submit_by date not null,
  -- Parts of a scheme that are rated together, each with its own last day: {part: date}.
  part_days jsonb not null default '{}',
  planned_at timestamptz not null,
  planned_by text not null,
  opened_at timestamptz,
  opened_by text,
  -- Numbers fixed before anybody reported, by measurand {value, sd, uncertainty}, and the hash that was certified then.
  seal jsonb,
  seal_salt text,
  seal_sha256 text,
  -- Once evaluated: what results were held against, what was set aside and why, and all scores without whose they are.
  assigned jsonb,
  set_aside jsonb not null default '{}',
  figures jsonb,
  counts jsonb,
  evaluated_at timestamptz,
  evaluated_by text,
  version int not null default 1,
  unique (jurisdiction, scheme, line, year)
);
create index comparison_round_year on comparison_round (year, line);

create table comparison_participant (
  round_id text collate "C" not null references comparison_round,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  obliged boolean not null,
  -- Why somebody who is not obliged takes part.
  because text,
  -- The laboratory's number in this round: beside identities it is shown to the laboratory only, until the round is evaluated.
  code text,
  sent_on date,
  received_on date,
  intact boolean,
  receipt_remark text,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  excused_at timestamptz,
  excuse_reason text,
  added_at timestamptz not null,
  primary key (round_id, institution_id)
);
create unique index comparison_participant_code on comparison_participant (round_id, code);
create index comparison_participant_body on comparison_participant (institution_id);

-- What was reported, as it was written. A later one stands in the place of an earlier one, part by part.
create table comparison_submission (
  id text collate "C" primary key,
  round_id text collate "C" not null,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  sequence int not null,
  results jsonb not null,
  remark text not null,
  submitted_at timestamptz not null,
  submitted_by text not null,
  -- Entered by the QC centre from paper, with the day the paper came.
  on_behalf boolean not null,
  received_on date,
  -- Parts whose last day had passed; `*` where the scheme has no parts.
  late text[] not null,
  foreign key (round_id, institution_id) references comparison_participant,
  unique (round_id, institution_id, sequence)
);
comment on table comparison_submission is 'append-only';

-- The comprehensive result (综合评定结果), revision by revision. `result` null: undetermined, with its reason.
create table comparison_result (
  round_id text collate "C" not null,
  institution_id text collate "C" not null,
  revision int not null,
  jurisdiction text not null,
  home text not null,
  line text not null,
  year int not null,
  code text not null,
  state text not null,
  results jsonb not null,
  scores jsonb not null,
  inputs jsonb not null,
  result text,
  reason text,
  unrated text,
  clauses text[] not null,
  because text not null check (because in ('evaluation', 'correction')),
  correction_id text collate "C",
  certificate_id uuid not null,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (round_id, institution_id, revision),
  foreign key (round_id, institution_id) references comparison_participant
);
comment on table comparison_result is 'append-only';
create index comparison_result_body on comparison_result (institution_id, line, year, decided_at);

-- Identities and codes seen side by side before the evaluation: an act of its own, with its reason.
create table comparison_disclosure (
  id text collate "C" primary key,
  round_id text collate "C" not null references comparison_round,
  jurisdiction text not null,
  reason text not null,
  disclosed_at timestamptz not null,
  disclosed_by text not null
);
comment on table comparison_disclosure is 'append-only';

create table comparison_objection (
  id text collate "C" primary key,
  round_id text collate "C" not null,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  body text not null,
  on_behalf boolean not null,
  raised_at timestamptz not null,
  raised_by text not null,
  state text not null default 'open' check (state in ('open', 'kept', 'to-be-changed')),
  answer text,
  answered_at timestamptz,
  answered_by text,
  foreign key (round_id, institution_id) references comparison_participant
);

-- A corrected result: proposed by one person with what it would come to, decided by another.
create table comparison_correction (
  id text collate "C" primary key,
  round_id text collate "C" not null,
  institution_id text collate "C" not null,
  jurisdiction text not null,
  home text not null,
  objection_id text collate "C" references comparison_objection,
  change jsonb not null,
  reason text not null,
  before text,
  after text,
  after_reason text,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  proposed_at timestamptz not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision_reason text,
  revision int,
  foreign key (round_id, institution_id) references comparison_participant
);
create unique index comparison_correction_open on comparison_correction (round_id, institution_id) where state = 'proposed';

-- Who was compared with what outcome: the latest decision about a body, line and year.
create view comparison_outcome_current as
  select distinct on (institution_id, line, year) institution_id, line, year, result, reason, revision, round_id, certificate_id
    from comparison_result order by institution_id, line, year, decided_at desc, revision desc;

select protect_rows('comparison_participant', 'jurisdiction = :places or home = :places or institution_id = :bodies', 'jurisdiction = :places or institution_id = :bodies');
select protect_rows('comparison_round', 'jurisdiction = :places or exists (select 1 from comparison_participant p where p.round_id = comparison_round.id)', 'jurisdiction = :places');
select protect_rows('comparison_submission', 'jurisdiction = :places or home = :places or institution_id = :bodies', 'jurisdiction = :places or institution_id = :bodies');
select protect_rows('comparison_result', 'jurisdiction = :places or home = :places or institution_id = :bodies', 'jurisdiction = :places');
select protect_rows('comparison_disclosure', 'jurisdiction = :places', 'jurisdiction = :places');
select protect_rows('comparison_objection', 'jurisdiction = :places or home = :places or institution_id = :bodies', 'jurisdiction = :places or home = :places or institution_id = :bodies');
select protect_rows('comparison_correction', 'jurisdiction = :places or home = :places', 'jurisdiction = :places');
