-- What was done while its day was provisional and lies behind the day that the notice made certain: whether it was late is for an officer to say.
alter table calendar_preview add column review jsonb not null default '[]';
