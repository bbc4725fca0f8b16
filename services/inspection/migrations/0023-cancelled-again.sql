-- A body that comes back has its cancelled obligations again: they are few, and looked for at every opening.
create index obligation_cancelled on obligation (campaign_id, unit, duty) where state = 'cancelled';
