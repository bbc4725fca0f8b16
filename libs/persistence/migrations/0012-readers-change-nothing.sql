-- Who reads everything changes nothing, whatever a condition says: where one only asks whether a row's parent is seen, whoever
-- saw every parent could have changed the row.
create or replace function protect_rows(target text, seen text, changed text default null) returns void language plpgsql as $$
declare
  word record;
  wide constant text := '(select current_setting(''app.reach'', true)) = ''all''';
  widely constant text := '(select current_setting(''app.reach'', true)) in (''all'', ''read-all'')';
  no_reader constant text := 'current_setting(''app.reach'', true) is distinct from ''read-all''';
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
  own := format('%s or (%s and (%s))', wide, no_reader, own);
  execute format('alter table %I enable row level security', target);
  execute format('alter table %I force row level security', target);
  execute format('create policy seen on %I for select using (%s or (%s))', target, widely, seen);
  execute format('create policy added on %I for insert with check (%s)', target, own);
  execute format('create policy changed on %I for update using (%s) with check (%s)', target, own, own);
  execute format('create policy removed on %I for delete using (%s)', target, own);
end $$;

-- The tables that stand already.
do $$
declare
  it record;
  no_reader constant text := 'current_setting(''app.reach'', true) is distinct from ''read-all''';
begin
  for it in select tablename, policyname, qual, with_check from pg_policies where schemaname = current_schema() and cmd in ('INSERT', 'UPDATE', 'DELETE') loop
    execute format('alter policy %I on %I%s%s', it.policyname, it.tablename,
      case when it.qual is not null then format(' using (%s and (%s))', no_reader, it.qual) else '' end,
      case when it.with_check is not null then format(' with check (%s and (%s))', no_reader, it.with_check) else '' end);
  end loop;
end $$;
