-- A fact whose subject has one put aside is not handled before it: asked in the same batch as the handling itself, so that
-- hearing a fact costs one round trip. SQLSTATE ZJ001 says it.
create function not_behind_parked(of_topic text, of_key text) returns void language plpgsql as $$
begin
  if exists (select 1 from parked where topic = of_topic and key = of_key and state = 'parked') then
    raise exception 'an earlier fact of this subject is parked' using errcode = 'ZJ001';
  end if;
end $$;
