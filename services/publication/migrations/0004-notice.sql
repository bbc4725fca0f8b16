-- Notices (公示) of results, objections against what they put up, and what was published (公开) after them. A notice is no
-- publication and neither is a circular (通报): each has its own table or none at all here.

-- This room's own copy of the register: who a body is. Not public by itself.
create table institution_ref (
  institution_id text collate "C" primary key,
  revision int not null,
  credit_code text not null,
  name text not null,
  kind text not null,
  jurisdiction text not null,
  invented boolean not null
);
insert into institution_ref select institution_id, revision, credit_code, name, kind, jurisdiction, invented from record;

create table notice (
  id text collate "C" primary key,
  version int not null default 1,
  run_id text not null,
  jurisdiction text not null,
  year int not null,
  basis_year int not null,
  because text not null check (because in ('run', 'objection', 'correction')),
  correction_id text,
  -- The notice that was withdrawn before its end and whose entries this one takes up.
  follows text references notice,
  state text not null check (state in ('collecting', 'draft', 'posted', 'ended', 'settled', 'withdrawn')),
  pack text not null,
  pack_version int not null,
  title text not null,
  document jsonb not null,
  parts int not null,
  undetermined int not null,
  made_at timestamptz not null,
  -- Which notice of the pack this is, and of how many working days at least.
  rule text,
  working_days int,
  counted date[],
  calendar text,
  clauses jsonb not null,
  posted_at timestamptz,
  posted_by text,
  posted_on date,
  last_day date,
  until timestamptz,
  site text check (site in ('portal', 'elsewhere')),
  place text,
  address text,
  proof_sha256 text,
  explanation text,
  ended_at timestamptz,
  settled_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  -- What was last told of it by a fact: published, held back.
  told_published int,
  told_waiting int
);
create unique index notice_of_run on notice (run_id) where because = 'run' and state <> 'withdrawn';
create index notice_listed on notice (jurisdiction, id);
select protect_rows('notice', 'state not in (''collecting'', ''draft'') or jurisdiction = :places', 'jurisdiction = :places');

create table notice_part (
  notice_id text not null references notice,
  part int not null,
  primary key (notice_id, part)
);
comment on table notice_part is 'append-only';
select protect_rows('notice_part', 'exists (select 1 from notice n where n.id = notice_id)', 'exists (select 1 from notice n where n.id = notice_id and n.jurisdiction = :places)');

-- One body's result in a notice. `entry` as it was signed; `content` as it was put up, in canonical JSON.
create table notice_entry (
  notice_id text not null references notice,
  institution_id text collate "C" not null,
  revision int not null,
  colour text,
  before text,
  entry jsonb not null,
  credit_code text,
  name text,
  kind text,
  jurisdiction text,
  invented boolean,
  content text,
  state text not null default 'listed' check (state in ('listed', 'published', 'superseded', 'withdrawn')),
  -- Its time is up and nobody objects: on another official site somebody has to post it.
  ready boolean not null default false,
  settled_at timestamptz,
  primary key (notice_id, institution_id)
);
create index notice_entry_of_body on notice_entry (institution_id, notice_id);
select protect_rows('notice_entry', 'exists (select 1 from notice n where n.id = notice_id)', 'exists (select 1 from notice n where n.id = notice_id and n.jurisdiction = :places)');

-- Whose result stands in a notice that somebody sees is told by name.
select protect_rows('institution_ref', 'jurisdiction = :places or institution_id = :bodies or :command or exists (select 1 from notice_entry e where e.institution_id = institution_ref.institution_id)', 'false');

-- An objection is a task with an owner (the place of the notice) and a clock. That there is one is public, its words are not.
create table objection (
  id text collate "C" primary key,
  version int not null default 1,
  notice_id text not null,
  institution_id text not null,
  jurisdiction text not null,
  raised_at timestamptz not null,
  raised_by text not null,
  state text not null default 'open' check (state in ('open', 'answered')),
  outcome text check (outcome in ('kept', 'to-be-changed', 'withdrawn')),
  answered_at timestamptz,
  answered_by text,
  -- Kept or withdrawn at once; to be changed when quality control has said what it is now.
  settled_at timestamptz,
  due_on date,
  due_stated boolean not null,
  firm boolean not null,
  calendar text,
  clauses jsonb not null,
  foreign key (notice_id, institution_id) references notice_entry,
  check ((state = 'answered') = (outcome is not null))
);
create unique index objection_one_open on objection (notice_id, institution_id) where state = 'open';
create index objection_of_entry on objection (notice_id, institution_id);
select protect_rows('objection', 'true', 'jurisdiction = :places or institution_id = :bodies');

create table objection_word (
  objection_id text not null references objection,
  what text not null check (what in ('raised', 'answered')),
  words text not null,
  source jsonb,
  said_at timestamptz not null,
  said_by text not null,
  primary key (objection_id, what)
);
comment on table objection_word is 'append-only';
select protect_rows('objection_word', 'exists (select 1 from objection o where o.id = objection_id and (o.jurisdiction = :places or o.institution_id = :bodies))',
  'exists (select 1 from objection o where o.id = objection_id and (o.jurisdiction = :places or o.institution_id = :bodies))');

-- Every colour that was ever public, and every withdrawal of one. What holds for a year is the last of it.
create table colour_publication (
  seq bigint generated always as identity,
  id text collate "C" primary key,
  jurisdiction text not null,
  year int not null,
  institution_id text collate "C" not null,
  revision int not null,
  withdrawn boolean not null,
  colour text,
  before text,
  erratum boolean not null,
  reason text,
  content text not null,
  credit_code text not null,
  name text not null,
  kind text not null,
  invented boolean not null,
  notice_id text not null,
  run_id text not null,
  published_on date not null,
  published_at timestamptz not null,
  site text not null check (site in ('portal', 'elsewhere')),
  address text not null,
  proof_sha256 text not null,
  pack text not null,
  pack_version int not null,
  clauses jsonb not null,
  foreign key (notice_id, institution_id) references notice_entry,
  unique (jurisdiction, year, institution_id, revision, withdrawn),
  check ((colour is null) = withdrawn)
);
comment on table colour_publication is 'append-only';
create index colour_publication_of_body on colour_publication (institution_id, year, seq);
create index colour_publication_of_code on colour_publication (credit_code, published_at);
select protect_rows('colour_publication', 'true', 'jurisdiction = :places');

-- What stood there as a whole, word for word, at each posting and each publication: canonical JSON and its hash.
create table snapshot (
  notice_id text not null references notice,
  seq int not null,
  kind text not null check (kind in ('notice', 'publication', 'withdrawal')),
  taken_at timestamptz not null,
  entries int not null,
  sha256 text not null,
  body text not null,
  primary key (notice_id, seq)
);
comment on table snapshot is 'append-only';
select protect_rows('snapshot', 'exists (select 1 from notice n where n.id = notice_id)', 'exists (select 1 from notice n where n.id = notice_id and n.jurisdiction = :places)');

-- A notice cannot be shortened and nothing of it is published early, by whatever route, this application's own role included.
create function keep_notice() returns trigger language plpgsql set search_path from current as $$
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
  if (old.posted_at, old.posted_on, old.last_day, old.until, old.counted, old.working_days, old.calendar, old.rule, old.pack, old.pack_version, old.site, old.address, old.proof_sha256)
     is distinct from (new.posted_at, new.posted_on, new.last_day, new.until, new.counted, new.working_days, new.calendar, new.rule, new.pack, new.pack_version, new.site, new.address, new.proof_sha256) then
    raise exception 'the period of a posted notice stands' using errcode = 'ZJ001';
  end if;
  if not (new.state = old.state or (old.state = 'posted' and new.state in ('ended', 'withdrawn')) or (old.state = 'ended' and new.state = 'settled')) then
    raise exception 'a notice goes from % to % never', old.state, new.state using errcode = 'ZJ001';
  end if;
  if old.state = 'posted' and new.state = 'ended' and not coalesce(new.ended_at >= new.until and new.ended_at <= clock_timestamp() + interval '1 minute', false) then
    raise exception 'a notice ends with its last day' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
create trigger keep_notice before insert or update or delete on notice for each row execute function keep_notice();

create function keep_entry() returns trigger language plpgsql set search_path from current as $$
declare
  its text;
begin
  select n.state into its from notice n where n.id = coalesce(new.notice_id, old.notice_id);
  if its in ('collecting', 'draft') then
    if tg_op <> 'DELETE' and new.state <> 'listed' then
      raise exception 'an entry is put up before anything comes of it' using errcode = 'ZJ001';
    end if;
    return coalesce(new, old);
  end if;
  if tg_op <> 'UPDATE' then
    raise exception 'the entries of a posted notice stand' using errcode = 'ZJ001';
  end if;
  if (old.notice_id, old.institution_id, old.revision, old.colour, old.before, old.entry, old.content, old.credit_code, old.name) is distinct from
     (new.notice_id, new.institution_id, new.revision, new.colour, new.before, new.entry, new.content, new.credit_code, new.name) then
    raise exception 'what was put up stands' using errcode = 'ZJ001';
  end if;
  if old.state <> 'listed' and new.state <> old.state then
    raise exception 'what came of an entry stands' using errcode = 'ZJ001';
  end if;
  if (new.state = 'published' or new.ready) and (new.state, new.ready) is distinct from (old.state, old.ready) and its <> 'ended' then
    raise exception 'nothing is published before its notice has ended' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
create trigger keep_entry before insert or update or delete on notice_entry for each row execute function keep_entry();

create function keep_publication() returns trigger language plpgsql set search_path from current as $$
declare
  its record;
begin
  select n.state, n.until, e.state as entry, e.revision, e.colour into its from notice n join notice_entry e on e.notice_id = n.id where n.id = new.notice_id and e.institution_id = new.institution_id;
  if its.state is null or its.state not in ('ended', 'settled') or new.published_at < its.until or new.published_at > clock_timestamp() + interval '1 minute'
     or new.published_on < (its.until at time zone 'Asia/Shanghai')::date or new.published_on > (new.published_at at time zone 'Asia/Shanghai')::date then
    raise exception 'nothing is published before its notice has ended' using errcode = 'ZJ001';
  end if;
  if its.entry <> 'published' or its.revision <> new.revision or (not new.withdrawn and its.colour is distinct from new.colour) then
    raise exception 'only what was put up is published' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
create trigger keep_publication before insert on colour_publication for each row execute function keep_publication();
