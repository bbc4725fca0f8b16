-- That somebody objected stands beside what was posted, for everybody to read: an objection is answered, or taken back by
-- whoever raised it, and never removed, by the place it is raised against least of all.
drop policy removed on objection;
create policy removed on objection for delete using (false);
