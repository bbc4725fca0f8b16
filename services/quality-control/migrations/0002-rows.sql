-- A circular goes to the places it was sent to: those of whoever circulated it.
alter table assessment_circular add column sent_to text[] not null default '{}';
update assessment_circular set sent_to = array[jurisdiction];
select protect_rows('assessment_circular', 'sent_to && :place_list', 'jurisdiction = :places');
select protect_rows('assessment', 'institution_id = :bodies or exists (select 1 from assessment_circular c where c.id = circular_id)', 'exists (select 1 from assessment_circular c where c.id = circular_id)');
