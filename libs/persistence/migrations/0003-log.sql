-- A seal by a key outside the database (HMAC over the leaf): until an entry is in the log, this is what shows that the room wrote it.
alter table command_entry add column seal bytea;
