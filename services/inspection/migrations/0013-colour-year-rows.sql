-- A year of colours is known where it is made, and where a body of it is at home: its year-end list names bodies. A command
-- knows it, so that it can word a refusal.
do $$
declare policy text;
begin
  foreach policy in array array['seen', 'added', 'changed', 'removed'] loop execute format('drop policy %I on colour_year', policy); end loop;
end $$;
select protect_rows('colour_year', 'jurisdiction = :places or :command or exists (select 1 from check_quota q where q.jurisdiction = colour_year.jurisdiction and q.year = colour_year.year)', 'jurisdiction = :places');
