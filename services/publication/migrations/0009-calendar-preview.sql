-- Holiday notices: what each would move here. One list for all; each reader is shown the lines of their own places.
create table calendar_preview (
  notice_id uuid primary key,
  calendar text not null,
  heard_at timestamptz not null,
  moved jsonb not null,
  kept jsonb not null
);
select protect_rows('calendar_preview', ':asked', 'false');
