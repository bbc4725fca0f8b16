-- A body has a result in every round it took part in; which of them counts for a colour depends on who colours, so no view says it.
drop view comparison_outcome_current;
create view comparison_result_current with (security_invoker = true) as
  select distinct on (round_id, institution_id) round_id, institution_id, jurisdiction, line, year, result, reason, revision, certificate_id
    from comparison_result order by round_id, institution_id, revision desc;
