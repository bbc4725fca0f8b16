-- A qualification that rests: since when, who had it so, by what. Nothing lifts it but somebody's decision, or the end of the qualification itself.
create table line_suspension (
  id text collate "C" primary key,
  institution_id text collate "C" not null references institution,
  -- a renewal is of the same kind and does not lift it
  kind text not null,
  from_on date not null,
  how text not null check (how in ('on-request', 'ordered')),
  basis text not null,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- the day from which it serves again
  resumed_on date,
  resumed_basis text,
  resumed_reason text,
  resumed_by text,
  resumed_at timestamptz,
  -- the qualification came to its end meanwhile
  lapsed_at timestamptz,
  check (resumed_on >= from_on)
);
create unique index line_suspension_present on line_suspension (institution_id, kind) where resumed_on is null and lapsed_at is null;
select protect_rows('line_suspension', 'exists (select 1 from institution i where i.id = institution_id)');
