-- Holiday notices as entered by officers. The row is the truth; the confirmed ones stand as files in CALENDAR_DIR for every room to read.
create table calendar_notice (
  id uuid primary key,
  year int not null,
  notice jsonb not null,
  state text not null default 'preview' check (state in ('preview', 'confirmed')),
  ord int,
  calendar text not null,
  loaded_by text not null,
  loaded_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  version int not null default 1,
  unique (ord)
);
