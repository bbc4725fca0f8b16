-- Penalties of social impact, as inspection lets them out (行政处罚法 art. 48), and each taking back: the last revision of a case is what the public sees.
create table penalty (
  case_id text collate "C" not null,
  revision int not null,
  institution_id text collate "C",
  jurisdiction text not null,
  number text not null,
  authority text not null,
  decided_on date not null,
  credit_code text,
  party text,
  basis text,
  sanctions jsonb,
  withdrawn boolean not null,
  ground text,
  changed_on date,
  document text,
  reason text,
  withdraw_by date,
  clauses jsonb not null,
  fact_id text not null,
  published_at timestamptz not null,
  primary key (case_id, revision),
  check (withdrawn = (party is null and basis is null and sanctions is null)),
  check (withdrawn = (ground is not null and changed_on is not null and reason is not null and withdraw_by is not null))
);
comment on table penalty is 'append-only';
select protect_rows('penalty', 'true', 'false');

-- Of what was taken back the public sees which decision it was and why; who was punished, for what and how is withdrawn, of days gone by too.
create view public_penalty as
  select distinct on (p.case_id) p.case_id, p.jurisdiction, p.number, p.authority, p.decided_on, p.credit_code, p.party, p.basis, p.sanctions, p.withdrawn, p.ground, p.changed_on, p.document, p.reason, p.clauses,
         (p.published_at at time zone 'Asia/Shanghai')::date as published_on, (select min(f.published_at) from penalty f where f.case_id = p.case_id) as published_at,
         coalesce((select r.invented from record r where r.credit_code = p.credit_code), false) as invented
    from penalty p order by p.case_id, p.revision desc;
grant select on public_penalty to portal_reader;
create constraint trigger public_changed after insert on penalty deferrable initially deferred for each row execute function public_changed();
