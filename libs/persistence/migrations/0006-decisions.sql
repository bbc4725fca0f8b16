-- Decisions are asked for by whom they concern; the entry they were hashed into leads to their proof in the log.
alter table certificate add column about text[] not null default '{}';
alter table certificate add column entry uuid;
create index certificate_about on certificate using gin (about);
create index certificate_latest on certificate (at desc, id desc);
