-- Whose rows are whose: an institution belongs to its home district, what is known of it goes with it.
select protect_rows('institution', 'jurisdiction = :places or id = :bodies', 'jurisdiction = :places');
select protect_rows('filing', 'exists (select 1 from institution i where i.id = institution_id)', 'filed_in = :places');
select protect_rows('operation', 'unit = :places or exists (select 1 from institution i where i.id = institution_id)', 'unit = :places');

-- A list belongs to whoever has all places in it.
alter table register_import add column concerns text[] not null default '{}', add column loaded_by text;
update register_import set concerns = (select coalesce(array_agg(distinct g ->> 'jurisdiction'), '{}') from jsonb_array_elements(good) g);
select protect_rows('register_import', ':asked and concerns <@ :place_list');

select protect_rows('campaign', 'jurisdiction = :places or units ?| :place_list or units ?| :located_list', 'false');
select protect_rows('roster', 'unit = :places or campaign_id in (select id from campaign where jurisdiction = :places)');
select protect_rows('roster_member', 'exists (select 1 from roster r where r.id = roster_id) or institution_id = :bodies', 'exists (select 1 from roster r where r.id = roster_id)');
