-- Reports as other texts ask for them, samples of institutions that are re-opened, what is judged of a body.
alter table self_check alter column employers drop not null, alter column workers drop not null;
alter table self_check add column receiver text, add column copy_to jsonb not null default '[]', add column attachments jsonb not null default '[]', add column judged jsonb;

alter table campaign add column samples jsonb not null default '{}';
alter table obligation add column unannounced boolean not null default false;
alter table visit add column mode text not null default 'announced' check (mode in ('announced', 'unannounced')), add column judged jsonb not null default '[]';
alter table finding add column checklist_item text, add column class text check (class in ('violation', 'gap')), add column self_reported boolean;
alter table case_file add column circumstance jsonb;

-- One draw for each stratum, from the frozen rosters; anybody computes it again from its row alone.
create table sample_draw (
  id uuid primary key,
  campaign_id uuid not null,
  sample text not null,
  stratum text not null,
  seed text not null,
  pool jsonb not null,
  pool_sha256 text not null,
  size int not null,
  result jsonb not null,
  clauses jsonb not null,
  drawn_at timestamptz not null,
  actor text not null,
  unique (campaign_id, sample, stratum)
);
comment on table sample_draw is 'append-only';

-- Who is in a sample: drawn, or added because the pack demands it. Who must no longer be in it stays as a row.
create table sample_member (
  campaign_id uuid not null,
  sample text not null,
  unit text not null,
  institution_id uuid not null,
  how text not null check (how in ('drawn', 'added')),
  reason text not null,
  clauses jsonb not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  removed_reason text,
  primary key (campaign_id, sample, institution_id)
);

-- What the authorities have to bear in mind of a body: key supervision, leniency, strictness. Never shown to the body.
create table flag (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  institution_id uuid not null,
  kind text not null check (kind in ('key-supervision', 'leniency', 'strict')),
  -- what it rests on: an obligation, a report, a visit
  ground text not null,
  obligation_id uuid,
  case_id uuid,
  reason text not null,
  clauses jsonb not null,
  until_on date,
  raised_at timestamptz not null,
  actor text not null,
  lifted_at timestamptz,
  lifted_reason text,
  unique (campaign_id, institution_id, kind, ground)
);
create index flag_institution on flag (institution_id, campaign_id);
