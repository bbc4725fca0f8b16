-- What is public is seen by everybody; only the room itself publishes.
select protect_rows('record', 'true', 'false');
select protect_rows('record_revision', 'true', 'false');
