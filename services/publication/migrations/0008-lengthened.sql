-- A working day of a running notice may be declared a day off: then the notice is lengthened by that calendar, with as many
-- counted days as before. Nothing else of its period changes, and nothing shortens it.
create or replace function keep_notice() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a notice is withdrawn, never deleted' using errcode = 'ZJ001';
  end if;
  if tg_op = 'INSERT' then
    if new.state not in ('collecting', 'draft') or new.posted_at is not null or new.until is not null then
      raise exception 'a notice begins as a draft' using errcode = 'ZJ001';
    end if;
    return new;
  end if;
  if (old.id, old.run_id, old.jurisdiction, old.year, old.basis_year, old.because, old.made_at) is distinct from (new.id, new.run_id, new.jurisdiction, new.year, new.basis_year, new.because, new.made_at) then
    raise exception 'what a notice is of does not change' using errcode = 'ZJ001';
  end if;
  if old.state in ('collecting', 'draft') then
    if new.state not in ('collecting', 'draft', 'posted', 'withdrawn') then
      raise exception 'a notice is posted before it ends' using errcode = 'ZJ001';
    end if;
    if new.state = 'posted' and not coalesce(new.posted_at >= new.made_at and new.posted_at <= clock_timestamp() + interval '1 minute' and new.posted_on = (new.posted_at at time zone 'Asia/Shanghai')::date
        and new.last_day > new.posted_on and new.until = ((new.last_day + 1)::timestamp at time zone 'Asia/Shanghai') and new.working_days > 0
        and cardinality(new.counted) >= new.working_days and cardinality(new.counted) = (select count(distinct d) from unnest(new.counted) d where d > new.posted_on and d <= new.last_day), false) then
      raise exception 'a notice runs from the day after its posting over all its working days' using errcode = 'ZJ001';
    end if;
    return new;
  end if;
  if (old.posted_at, old.posted_on, old.working_days, old.rule, old.pack, old.pack_version, old.site, old.address, old.proof_sha256)
     is distinct from (new.posted_at, new.posted_on, new.working_days, new.rule, new.pack, new.pack_version, new.site, new.address, new.proof_sha256) then
    raise exception 'the period of a posted notice stands' using errcode = 'ZJ001';
  end if;
  if (old.last_day, old.until, old.counted, old.calendar) is distinct from (new.last_day, new.until, new.counted, new.calendar)
     and not coalesce(old.state = 'posted' and new.state = 'posted' and new.calendar <> old.calendar and new.last_day >= old.last_day and new.until = ((new.last_day + 1)::timestamp at time zone 'Asia/Shanghai')
        and cardinality(new.counted) >= new.working_days and cardinality(new.counted) = (select count(distinct d) from unnest(new.counted) d where d > new.posted_on and d <= new.last_day), false) then
    raise exception 'the period of a posted notice stands: another calendar may lengthen it while it runs, nothing shortens it' using errcode = 'ZJ001';
  end if;
  if not (new.state = old.state or (old.state = 'posted' and new.state in ('ended', 'withdrawn')) or (old.state = 'ended' and new.state = 'settled')) then
    raise exception 'a notice goes from % to % never', old.state, new.state using errcode = 'ZJ001';
  end if;
  if old.state = 'posted' and new.state = 'ended' and not coalesce(new.ended_at >= new.until and new.ended_at <= clock_timestamp() + interval '1 minute', false) then
    raise exception 'a notice ends with its last day' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
