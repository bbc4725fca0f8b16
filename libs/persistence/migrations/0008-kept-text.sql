-- What people wrote freely, with the salt that opens its commitment. Facts, entries and certificates have the commitment only;
-- erased, text and salt are gone and every proof stands as it was.
create table kept_text (
  commitment text primary key,
  salt bytea,
  body text,
  -- Whom the matter concerns (an institution, a unit, a case …), and where.
  subject text not null,
  jurisdiction text not null,
  actor text not null,
  kept_at timestamptz not null,
  hold_until date not null,
  hold_basis text not null,
  erased_at timestamptz,
  erased_by text,
  erased_reason text,
  check ((salt is null) = (body is null))
);
create index kept_text_subject on kept_text (subject);

-- Takes a text out of every row of this room: whole values of text columns, whole strings inside JSON. Facts, entries and
-- certificates never had it.
create function erase_text(wanted text, instead text) returns int language plpgsql security definer set search_path from current as $$
declare
  it record;
  done int;
  total int := 0;
begin
  for it in
    select c.relname as tab, a.attname as col, t.typname as typ
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where n.nspname = current_schema() and c.relkind = 'r' and t.typname in ('text', 'jsonb')
       and c.relname not in ('outbox', 'command_entry', 'certificate', 'rule_text', 'kept_text', 'audit_entry_v1', 'log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature')
       and a.attgenerated = ''
  loop
    if it.typ = 'text' then
      execute format('update %I set %I = $2 where %I = $1', it.tab, it.col, it.col) using wanted, instead;
    else
      execute format('update %I set %I = replace(%I::text, to_jsonb($1::text)::text, to_jsonb($2::text)::text)::jsonb where strpos(%I::text, to_jsonb($1::text)::text) > 0', it.tab, it.col, it.col, it.col) using wanted, instead;
    end if;
    get diagnostics done = row_count;
    total := total + done;
  end loop;
  return total;
end $$;
