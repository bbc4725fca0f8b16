-- Columns that name a row sort as its key does: with another collation, no index of theirs serves a join.
alter table filing alter column institution_id type text collate "C";
alter table operation alter column institution_id type text collate "C";
alter table roster_member alter column institution_id type text collate "C", alter column roster_id type text collate "C";

-- A roster is written for thousands of bodies in one statement, from the register itself, whose rows are never deleted:
-- looking each one up again, and locking it, would cost more than the writing.
alter table roster_member drop constraint roster_member_institution_id_fkey, drop constraint roster_member_roster_id_fkey;
