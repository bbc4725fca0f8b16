-- Words that stand inside a sentence (`违法违规：…`, a longer note that repeats them) are erased there too, by the rule by which
-- facts and entries had got their commitment (`without` in libs/audit): four characters and more wherever they stand, fewer
-- only as what a mark stands before and behind, so that no word of ours is torn; what looks like a code only so in a sentence.

-- A text that words were erased from inside: what is left of it can still be named and erased, the commitment opens no more.
alter table kept_text drop constraint kept_text_check, add constraint kept_text_check check (salt is null or body is not null);
-- Many write the same words: a tree over their hash holds thousands of the same, an index of method hash would search through all of them at each new one.
create index kept_text_body on kept_text (hashtextextended(body, 0));
-- Words that nothing states: who saves the same draft again and again keeps them once a day.
alter table kept_text add column rest boolean not null default false;
create unique index kept_text_rest on kept_text (subject, hashtextextended(body, 0), hold_until) where rest;

create function without_words(value text, wanted text, instead text, code boolean) returns text language plpgsql immutable parallel safe set search_path from current as $$
declare
  part constant text := regexp_replace(wanted, '([.*+?^${}()|\\\[\]])', '\\\1', 'g');
begin
  return case
    when wanted = '' or strpos(value, wanted) = 0 then value
    when code and value !~ '[\u4e00-\u9fff]' then value
    when code then regexp_replace(value, '(?<=[：；、，。（）“”])' || part || '(?=[：；、，。（）“”]|$)', instead, 'g')
    when length(wanted) >= 4 then replace(value, wanted, instead)
    else regexp_replace(value, '(?<=[：；、])' || part || '(?=[：；、]|$)', instead, 'g') end;
end $$;

-- The same inside JSON, names of fields too. `names`: fields that hold words, where what is wanted looks like a code; else null.
-- `within`: whether sentences are looked into; `kept`: nothing is changed but under these names, the rest is hashed.
create function without_words(value jsonb, wanted text, instead text, names text[], within boolean, kept text[], here text) returns jsonb language plpgsql immutable set search_path from current as $$
begin
  if kept is not null and here = any(kept) then kept := null; end if;
  case jsonb_typeof(value)
    when 'string' then
      return case when kept is not null then value
        when value #>> '{}' = wanted then case when names is null or here = any(names) then to_jsonb(instead) else value end
        when within then to_jsonb(without_words(value #>> '{}', wanted, instead, names is not null))
        else value end;
    when 'array' then return coalesce((select jsonb_agg(without_words(one, wanted, instead, names, within, kept, here) order by at) from jsonb_array_elements(value) with ordinality as e(one, at)), '[]');
    when 'object' then return coalesce((select jsonb_object_agg(
        case when kept is not null or names is not null then name when name = wanted then instead when within then without_words(name, wanted, instead, false) else name end,
        without_words(one, wanted, instead, names, within, kept, name)) from jsonb_each(value) as e(name, one)), '{}');
    else return value;
  end case;
end $$;

-- Takes words out of every row of this room. Facts, entries and certificates never had them; columns whose comment begins with
-- `hashed` are what the log has the hash of, and stay (`hashed but for: a, b` names the fields in them that it has not).
-- What a rule's text says as well are words of ours, not of a person: sentences keep them.
create function erase_words(wanted text, instead text, names text[]) returns int language plpgsql security definer set search_path from current as $$
declare
  it record;
  done int;
  total int := 0;
  escaped constant text := substr(to_jsonb(wanted)::text, 2, length(to_jsonb(wanted)::text) - 2);
  within constant boolean := not exists (select 1 from rule_text where strpos(body, escaped) > 0);
begin
  for it in
    select c.relname as tab, a.attname as col, t.typname as typ, col_description(c.oid, a.attnum) as said
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where n.nspname = current_schema() and c.relkind = 'r' and t.typname in ('text', 'jsonb')
       and c.relname not in ('outbox', 'command_entry', 'certificate', 'rule_text', 'kept_text', 'audit_entry_v1', 'log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature')
       and a.attgenerated = ''
  loop
    if it.typ = 'text' then
      if it.said like 'hashed%' then continue; end if;
      execute format('update %1$I set %2$I = case when %2$I = $1 then $2 else without_words(%2$I, $1, $2, $3 is not null) end
        where (%2$I = $1 and ($3 is null or %2$L = any($3))) or ($4 and %2$I <> $1 and strpos(%2$I, $1) > 0 and without_words(%2$I, $1, $2, $3 is not null) <> %2$I)', it.tab, it.col)
        using wanted, instead, names, within;
    else
      execute format('update %1$I set %2$I = without_words(%2$I, $1, $2, $3, $4, $5, %2$L)
        where strpos(%2$I::text, $6) > 0 and without_words(%2$I, $1, $2, $3, $4, $5, %2$L) <> %2$I', it.tab, it.col)
        using wanted, instead, names, within, case when it.said like 'hashed%' then string_to_array(coalesce(substring(it.said from 'but for: (.*)$'), ''), ', ') end, escaped;
    end if;
    get diagnostics done = row_count;
    total := total + done;
  end loop;
  return total;
end $$;

drop function erase_text(text, text);
drop function erase_word(text, text, text[]);
drop function without_word(jsonb, text, text, text[], text);
