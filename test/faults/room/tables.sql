-- No unique keys: a doubled effect must be seen, not refused.
create table inspection.trial (id text not null, name text not null);
create table inspection.effect (trial text not null, cause text not null);
create table inspection.edited (id text not null, version int not null, edits text[] not null);
create table qualification.heard (fact_id text not null, trial text not null);
grant select, insert, update on inspection.trial, inspection.effect, inspection.edited to inspection_app;
grant select, insert on qualification.heard to qualification_app;
