-- Holiday notices: what each would move here, and the own dates of the units as filed (a draft of a plan moves nothing).
create table calendar_preview (
  notice_id uuid primary key,
  calendar text not null,
  heard_at timestamptz not null,
  moved jsonb not null,
  kept jsonb not null
);
alter table campaign_unit add column filed_dates jsonb not null default '[]';
update campaign_unit set filed_dates = plan_dates where plan_filed_at is not null;
