-- What was heard of a campaign before its approval was: it counts once that has come.
create table campaign_later (
  id text primary key,
  pack text,
  pack_version int,
  finished_at timestamptz
);
select protect_rows('campaign_later', 'false', 'false');
