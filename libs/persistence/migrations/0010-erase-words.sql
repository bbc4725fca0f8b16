-- Words that look like a code (a short secret typed as a reason) are taken out only where words stand: a state or an id that
-- happens to read the same is left as it is.
alter table kept_text add column names text[];
comment on column kept_text.names is 'fields and columns that hold words, where the text looks like a code; null: it is taken out wherever it stands';

create function without_word(value jsonb, wanted text, instead text, names text[], here text) returns jsonb language plpgsql immutable set search_path from current as $$
begin
  case jsonb_typeof(value)
    when 'string' then return case when here = any(names) and value = to_jsonb(wanted) then to_jsonb(instead) else value end;
    when 'array' then return coalesce((select jsonb_agg(without_word(one, wanted, instead, names, here) order by at) from jsonb_array_elements(value) with ordinality as e(one, at)), '[]');
    when 'object' then return coalesce((select jsonb_object_agg(name, without_word(one, wanted, instead, names, name)) from jsonb_each(value) as e(name, one)), '{}');
    else return value;
  end case;
end $$;

create function erase_word(wanted text, instead text, names text[]) returns int language plpgsql security definer set search_path from current as $$
declare
  it record;
  done int;
  total int := 0;
begin
  for it in
    select c.relname as tab, a.attname as col, t.typname as typ
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where n.nspname = current_schema() and c.relkind = 'r' and (t.typname = 'jsonb' or (t.typname = 'text' and a.attname = any(names)))
       and c.relname not in ('outbox', 'command_entry', 'certificate', 'rule_text', 'kept_text', 'audit_entry_v1', 'log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature')
       and a.attgenerated = ''
  loop
    if it.typ = 'text' then
      execute format('update %I set %I = $2 where %I = $1', it.tab, it.col, it.col) using wanted, instead;
    else
      execute format('update %1$I set %2$I = without_word(%2$I, $1, $2, $3, %3$L) where strpos(%2$I::text, to_jsonb($1::text)::text) > 0 and without_word(%2$I, $1, $2, $3, %3$L) <> %2$I', it.tab, it.col, it.col) using wanted, instead, names;
    end if;
    get diagnostics done = row_count;
    total := total + done;
  end loop;
  return total;
end $$;
