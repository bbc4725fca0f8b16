-- What a form's hash is over: a salt and the form as it was sent, persons and words included. Without the salt nobody can try
-- out what had been written; it is forgotten as soon as something is erased from the form. Forms of before have none.
alter table form_version add column salt bytea;
comment on column form_version.content is 'hashed but for: words, head';
comment on column inspection_summary.content is 'hashed';

create function forget_salt() returns trigger language plpgsql as $$
begin
  if new.content is distinct from old.content then new.salt := null; end if;
  return new;
end $$;
create trigger forget_salt before update on form_version for each row execute function forget_salt();
