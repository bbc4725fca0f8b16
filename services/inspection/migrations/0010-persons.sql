-- Who does what another did is another person: who recorded a visit does not register the sanction of its case. Unknown for
-- visits of before. At which level a campaign's places are administered is what the directory's tree said when it was drawn up.
alter table visit add column recorded_by text;
alter table campaign add column levels jsonb not null default '{}';
