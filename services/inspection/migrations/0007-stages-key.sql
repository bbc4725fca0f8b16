-- The stages of a unit by a key of their content: who has read them once does not read them again until they are others.
alter table campaign_unit add column stages_key text generated always as (md5(stages::text)) stored;
