-- Self-checks, visits, draws, findings, cases, forms.
create table last_year_problem (
  problem_id uuid primary key,
  institution_id uuid not null,
  year int not null,
  text text not null
);
create index last_year_problem_institution on last_year_problem (institution_id, year);

create table self_check (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  institution_id uuid not null,
  report int not null,
  state text not null check (state in ('submitted', 'returned', 'accepted', 'superseded')),
  items jsonb not null,
  no_problems boolean not null,
  employers int not null,
  workers int not null,
  sealed_by text,
  on_behalf jsonb,
  received_at timestamptz not null,
  due_on date,
  late boolean,
  early boolean not null,
  returns jsonb not null default '[]',
  clauses jsonb not null,
  version int not null default 1,
  unique (campaign_id, institution_id, report)
);
create unique index self_check_current on self_check (campaign_id, institution_id) where state <> 'superseded';

create table visit (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  kind text not null check (kind in ('site-check', 'extension-check')),
  institution_id uuid,
  subject_name text not null,
  unregistered jsonb,
  filed_elsewhere boolean not null,
  visit_on date not null,
  inspectors jsonb not null,
  state text not null default 'open' check (state in ('open', 'recorded')),
  archives jsonb,
  verifications jsonb not null default '[]',
  remarks text not null default '',
  clauses jsonb not null,
  recorded_at timestamptz,
  version int not null default 1
);
create index visit_campaign on visit (campaign_id, unit, id);

create table draw (
  id uuid primary key,
  visit_id uuid not null unique references visit,
  seed text not null,
  pool jsonb not null,
  pool_sha256 text not null,
  size int not null,
  result jsonb not null,
  clauses jsonb not null,
  drawn_at timestamptz not null,
  actor text not null
);
comment on table draw is 'append-only';

create table finding (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  visit_id uuid not null references visit,
  institution_id uuid,
  kind text not null,
  text text not null,
  serious boolean not null,
  clauses jsonb not null
);
create index finding_campaign on finding (campaign_id, unit);

create table case_file (
  id uuid primary key,
  number text not null unique,
  campaign_id uuid not null,
  unit text not null,
  visit_id uuid not null unique references visit,
  institution_id uuid,
  subject_name text not null,
  reason text not null,
  clauses jsonb not null,
  filed_on date not null,
  state text not null default 'open' check (state in ('open', 'decided')),
  decided_on date,
  sanctions jsonb not null default '[]',
  version int not null default 1
);
create table case_serial (
  unit text not null,
  year int not null,
  serial int not null,
  primary key (unit, year)
);

create table form_version (
  id uuid primary key,
  campaign_id uuid not null,
  unit text not null,
  form text not null,
  version int not null,
  content jsonb not null,
  sha256 text not null,
  sent_at timestamptz not null,
  sent_by text not null,
  receiver text not null,
  late boolean,
  note text not null,
  summary text not null,
  unique (campaign_id, unit, form, version)
);
comment on table form_version is 'append-only';
