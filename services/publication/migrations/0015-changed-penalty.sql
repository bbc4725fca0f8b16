-- A changed penalty is another decision of the same case, with a number of its own: it is shown beside the one that was taken back.
create or replace view public_penalty as
  select distinct on (p.case_id, p.number) p.case_id, p.jurisdiction, p.number, p.authority, p.decided_on, p.credit_code, p.party, p.basis, p.sanctions, p.withdrawn, p.ground, p.changed_on, p.document, p.reason, p.clauses,
         (p.published_at at time zone 'Asia/Shanghai')::date as published_on, (select min(f.published_at) from penalty f where f.case_id = p.case_id and f.number = p.number) as published_at,
         coalesce((select r.invented from record r where r.credit_code = p.credit_code), false) as invented,
         (select min(f.revision) from penalty f where f.case_id = p.case_id and f.number = p.number) as first_revision
    from penalty p order by p.case_id, p.number, p.revision desc;
