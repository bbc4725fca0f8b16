-- Row security. Who asks says so in settings of the transaction (libs/persistence/src/scope.ts); without them nothing is seen.
--
-- `protect_rows(table, seen by, changed by)` puts a table under it, its owner too. Conditions are SQL with these words:
--   :places, :bodies, :located    = any of the places (own and below), institutions, places of those institutions of whoever asks
--   :place_list, :located_list …  the same as an array
--   :command                      inside a command; what it needs to know to word a refusal
--   :asked                        somebody asks at all
-- Settings are read once for each statement, not for each row.
create function protect_rows(target text, seen text, changed text default null) returns void language plpgsql as $$
declare
  word record;
  wide constant text := '(select current_setting(''app.reach'', true)) = ''all''';
  widely constant text := '(select current_setting(''app.reach'', true)) in (''all'', ''read-all'')';
  own text := coalesce(changed, seen);
begin
  for word in select * from (values
    (':place_list', '(select string_to_array(current_setting(''app.places'', true), '',''))::text[]'),
    (':body_list', '(select string_to_array(current_setting(''app.bodies'', true), '',''))::text[]'),
    (':located_list', '(select string_to_array(current_setting(''app.located'', true), '',''))::text[]'),
    (':places', 'any ((select string_to_array(current_setting(''app.places'', true), '',''))::text[])'),
    (':bodies', 'any ((select string_to_array(current_setting(''app.bodies'', true), '',''))::text[])'),
    (':located', 'any ((select string_to_array(current_setting(''app.located'', true), '',''))::text[])'),
    (':command', '(select current_setting(''app.command'', true)) = ''on'''),
    (':asked', '(select concat(current_setting(''app.places'', true), current_setting(''app.bodies'', true))) <> '''''),
    (':stranger', format('current_user <> %L', current_schema() || '_app'))) as w(name, sql)
  loop
    seen := replace(seen, word.name, word.sql);
    own := replace(own, word.name, word.sql);
  end loop;
  execute format('alter table %I enable row level security', target);
  execute format('alter table %I force row level security', target);
  execute format('create policy seen on %I for select using (%s or (%s))', target, widely, seen);
  execute format('create policy added on %I for insert with check (%s or (%s))', target, wide, own);
  execute format('create policy changed on %I for update using (%s or (%s)) with check (%s or (%s))', target, wide, own, wide, own);
  execute format('create policy removed on %I for delete using (%s or (%s))', target, wide, own);
end $$;

-- What a command did: written by every command, read by auditors; the log (of the schema workflows) and its watcher see what
-- they are granted.
select protect_rows('command_entry', case when current_schema() = 'workflows' then 'true' else ':stranger' end, ':command');
select protect_rows('audit_entry_v1', 'jurisdiction = :places', 'false');
