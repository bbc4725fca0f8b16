-- This room's copy of the register, kept by the facts of qualification: who there is, with which qualifications, and where it
-- gives services besides its home. Nobody corrects it here. Sorts before 0003-comparison.sql, which reads it.
create table institution_ref (
  id text collate "C" primary key,
  credit_code text not null,
  name text not null,
  kind text not null,
  -- [{kind, number, issuer, from, to}]: each qualification has scores, comparisons and a colour of its own.
  lines jsonb not null,
  jurisdiction text not null,
  serves text[] not null default '{}',
  filed_on date,
  closed_on date,
  invented boolean not null,
  revision int not null
);
create index institution_ref_home on institution_ref (jurisdiction);
create index institution_ref_serves on institution_ref using gin (serves);

-- Seen by the officers of its home and of every place it serves, and by itself.
select protect_rows('institution_ref', 'jurisdiction = :places or serves && :place_list or id = :bodies', 'false');
