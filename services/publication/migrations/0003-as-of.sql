-- What stood in public at any time: every revision from the instant it was published.
create view public_institution_revision as
  select content ->> 'creditCode' as credit_code, content ->> 'name' as name, content ->> 'kind' as kind, content ->> 'jurisdiction' as jurisdiction, content ->> 'address' as address,
         content -> 'categories' as categories, content -> 'items' as items, (content ->> 'outreach')::boolean as outreach, (content ->> 'filedOn')::date as filed_on,
         (content ->> 'filingClosedOn')::date as filing_closed_on, (content ->> 'invented')::boolean as invented, published_at, revision
    from record_revision;
create index record_revision_code on record_revision ((content ->> 'creditCode'), published_at);
grant select on public_institution_revision to portal_reader;
