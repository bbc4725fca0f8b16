-- What a unit's workflow was last told it goes by (pack and calendar): said again only when it is another.
alter table campaign_unit add column told text;
