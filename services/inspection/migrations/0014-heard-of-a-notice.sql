-- A notice that leaves a body without a colour has been heard of that body too.
drop index colour_entry_notice;
create index colour_entry_notice on colour_entry (notice_id, institution_id);
