-- The qualifications of a body beside its filing, or instead of one: what was granted line by line is public too.
alter table record
  add column lines jsonb not null default '[]',
  alter column filed_on drop not null;

create or replace view public_institution as
  select credit_code, name, kind, jurisdiction, address, categories, items, outreach, filed_on, filing_closed_on, invented, published_at, revision, lines from record;
create or replace view public_institution_revision as
  select content ->> 'creditCode' as credit_code, content ->> 'name' as name, content ->> 'kind' as kind, content ->> 'jurisdiction' as jurisdiction, content ->> 'address' as address,
         content -> 'categories' as categories, content -> 'items' as items, (content ->> 'outreach')::boolean as outreach, (content ->> 'filedOn')::date as filed_on,
         (content ->> 'filingClosedOn')::date as filing_closed_on, (content ->> 'invented')::boolean as invented, published_at, revision, coalesce(content -> 'lines', '[]') as lines
    from record_revision;

-- Who granted it is told by the name of the place.
create view public_place as select id, name from jurisdiction_ref;
grant select on public_place to portal_reader;
create constraint trigger public_changed after insert or update on jurisdiction_ref deferrable initially deferred for each row execute function public_changed();
