-- What the public may see of an institution. No contact post: the portal cannot read what is not here.
create table record (
  institution_id text primary key,
  revision int not null,
  credit_code text not null unique,
  name text not null,
  kind text not null,
  jurisdiction text not null,
  address text not null,
  categories jsonb not null,
  items jsonb not null,
  outreach boolean not null,
  filed_on date not null,
  filing_closed_on date,
  invented boolean not null,
  published_at timestamptz not null
);
create index record_name on record (name);

-- Every revision that was ever public, as it stood.
create table record_revision (
  institution_id text not null references record,
  revision int not null,
  content jsonb not null,
  fact_id text not null,
  published_at timestamptz not null,
  primary key (institution_id, revision)
);
comment on table record_revision is 'append-only';

create view public_institution as
  select credit_code, name, kind, jurisdiction, address, categories, items, outreach, filed_on, filing_closed_on, invented, published_at, revision from record;

do $$ begin
  execute format('grant usage on schema %I to portal_reader', current_schema());
end $$;
grant select on public_institution to portal_reader;
