-- When a member's state was last changed in its own room: an older change that arrives later changes nothing.
alter table roster_member add column changed_at timestamptz;
