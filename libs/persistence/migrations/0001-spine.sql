-- The tables every writing room has: facts to send, keys handled, what was noted, facts put aside.
create table outbox (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  key text not null,
  body text not null,
  published_at timestamptz
);
create index outbox_unpublished on outbox (seq) where published_at is null;

create table handled (
  key text primary key,
  body_hash text,
  response jsonb,
  at timestamptz not null
);

create table audit_entry (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  jurisdiction text not null,
  cause text not null,
  policy jsonb,
  detail jsonb not null
);
comment on table audit_entry is 'append-only';
create index audit_entry_subject on audit_entry (subject);

create table parked (
  id uuid primary key,
  topic text not null,
  key text not null,
  fact_id text,
  type text,
  body text not null,
  reason text not null,
  attempts int not null,
  state text not null default 'parked' check (state in ('parked', 'done')),
  parked_at timestamptz not null,
  done_at timestamptz,
  seq bigint generated always as identity
);
create index parked_open on parked (topic, key, seq) where state = 'parked';
