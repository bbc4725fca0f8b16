-- Who has looked at what was done on a provisional day that lies behind the certain one, and what they say of it. A later look stands beside the earlier one.
create table calendar_look (
  id uuid primary key,
  notice_id uuid not null,
  clock text collate "C" not null,
  place text not null,
  note text not null,
  looked_by text not null,
  looked_at timestamptz not null
);
comment on table calendar_look is 'append-only';
create index calendar_look_latest on calendar_look (notice_id, clock, looked_at desc);
