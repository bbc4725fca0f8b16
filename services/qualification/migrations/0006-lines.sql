-- The qualifications of an institution beside what its kind says, and the places it serves beside its home.
create table qualification_line (
  id text collate "C" primary key,
  institution_id text collate "C" not null references institution,
  kind text not null check (kind in ('occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis', 'radiation-medical', 'pneumoconiosis-rehabilitation', 'disease-control-centre', 'hospital')),
  -- as printed on the certificate: no form is common to all authorities
  number text,
  -- the place whose commission issued it
  issuer text,
  valid_from date,
  valid_to date,
  ended_reason text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz
);
-- Every one is kept; that of a kind which is not superseded is the present one.
create unique index qualification_line_present on qualification_line (institution_id, kind) where superseded_at is null;

alter table institution add column serves text[] not null default '{}';
create index institution_serves on institution using gin (serves);

-- A body is seen, and its qualifications are recorded, where it is at home and where it serves.
do $$
declare policy text;
begin
  foreach policy in array array['seen', 'added', 'changed', 'removed'] loop execute format('drop policy %I on institution', policy); end loop;
end $$;
select protect_rows('institution', 'jurisdiction = :places or serves && :place_list or id = :bodies', 'jurisdiction = :places or serves && :place_list');
select protect_rows('qualification_line', 'exists (select 1 from institution i where i.id = institution_id)');
