-- Whose rows are whose. A row of a unit belongs to the unit's place and to whoever leads the campaign; one that names an
-- institution is also that institution's, unless it is kept from it (flags, samples, findings, cases).
alter table campaign add column concerns text[] not null default '{}';
update campaign c set concerns = (select coalesce(array_agg(u.unit), '{}') from campaign_unit u where u.campaign_id = c.id and u.unit <> '*');

select protect_rows('campaign', 'jurisdiction = :places or concerns && :place_list or concerns && :located_list', 'jurisdiction = :places');
-- A command knows the other units of its campaign, so that it can say that they are somebody else's.
select protect_rows('campaign_unit',
  'unit = :places or unit = :located or campaign_id in (select id from campaign where jurisdiction = :places) or (:command and campaign_id in (select id from campaign))',
  'unit = :places or campaign_id in (select id from campaign where jurisdiction = :places)');
select protect_rows('moment', 'unit = :places or unit = :located or campaign_id in (select id from campaign where jurisdiction = :places)', 'unit = :places or campaign_id in (select id from campaign where jurisdiction = :places)');

do $$
declare
  led constant text := 'unit = :places or campaign_id in (select id from campaign where jurisdiction = :places)';
  table_name text;
begin
  foreach table_name in array array['roster', 'obligation_entry', 'reminder', 'finding', 'case_file', 'form_version', 'measure_entry', 'sample_member', 'flag'] loop
    perform protect_rows(table_name, led);
  end loop;
  foreach table_name in array array['roster_member', 'obligation', 'notification', 'self_check', 'visit', 'duty_record'] loop
    perform protect_rows(table_name, led || ' or institution_id::text = :bodies');
  end loop;
end $$;

-- The next number of a unit, taken by whoever files a case there.
select protect_rows('case_serial', 'unit = :places or :command');
select protect_rows('roster_part', 'exists (select 1 from roster r where r.id = roster_id)');
select protect_rows('draw', 'exists (select 1 from visit v where v.id = visit_id)');
select protect_rows('sample_draw', 'campaign_id in (select id from campaign where jurisdiction = :places)');
select protect_rows('amendment', 'units ?| :place_list or campaign_id in (select id from campaign where jurisdiction = :places)', 'campaign_id in (select id from campaign where jurisdiction = :places)');

-- The copy of the register: names and filings that the public portal shows; whoever asks may look a body up.
select protect_rows('institution_ref', ':asked', 'false');
select protect_rows('last_year_problem',
  'institution_id::text = :bodies or exists (select 1 from institution_ref r where r.institution_id = last_year_problem.institution_id and r.jurisdiction = :places) or exists (select 1 from roster_member m where m.institution_id = last_year_problem.institution_id)', 'false');
-- One list for all; each reader is shown the lines of their own units.
select protect_rows('calendar_preview', ':asked', 'false');
