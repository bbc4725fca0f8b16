-- Whom something open was given to. Without a row, or once the person holds no office there any more, it is the agency's:
-- what is open is never without an owner. A place never loses the history: every change leaves an entry in the log.
create table task_holder (
  -- The room's own name of the matter: visit/<id>.
  task text collate "C" primary key,
  jurisdiction text not null,
  person_id uuid,
  since timestamptz not null,
  reason text not null,
  version int not null default 1
);
create index task_holder_person on task_holder (person_id) where person_id is not null;
select protect_rows('task_holder', 'jurisdiction = :places');
