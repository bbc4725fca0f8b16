-- What the portal reads: posted notices, what they put up, what was published after them. No draft, no word of an objection.
create view public_notice as
  select n.id as notice_id, n.title, n.jurisdiction, n.year, n.because, n.state, n.posted_at, n.posted_on, n.last_day, n.until, n.ended_at, n.settled_at, n.withdrawn_at, n.withdrawn_reason, n.site, n.place,
         n.address, n.proof_sha256, n.explanation, n.document, n.clauses, n.pack || '@' || n.pack_version as pack, n.calendar, n.counted,
         (select s.sha256 from snapshot s where s.notice_id = n.id and s.seq = 1) as sha256, (select count(*)::int from notice_entry e where e.notice_id = n.id) as entries
    from notice n where n.posted_at is not null;

create view public_notice_entry as
  select e.notice_id, e.credit_code, e.name, e.kind, e.jurisdiction as home, e.invented, e.content, e.state, o.state as objection, o.outcome
    from notice_entry e join notice n on n.id = e.notice_id
    left join lateral (select x.state, x.outcome from objection x where x.notice_id = e.notice_id and x.institution_id = e.institution_id order by x.raised_at desc, x.id desc limit 1) o on true
   where n.posted_at is not null and n.withdrawn_at is null;

create view public_colour as
  select p.seq, p.credit_code, p.name, p.kind, e.jurisdiction as home, p.invented, p.jurisdiction, p.year, p.revision, p.withdrawn, p.erratum, p.reason, p.content, p.published_on, p.published_at, p.site, p.address, p.proof_sha256, p.notice_id
    from colour_publication p join notice_entry e on e.notice_id = p.notice_id and e.institution_id = p.institution_id;

-- The lists word for word, so that anybody can compare their hashes. What a withdrawn notice put up is no longer shown.
create view public_snapshot as
  select s.notice_id, s.seq, s.kind, s.taken_at, s.entries, s.sha256, s.body from snapshot s join notice n on n.id = s.notice_id where n.withdrawn_at is null;

-- One number that changes with every commit after which the public sees something else: snapshots are kept by it.
create table public_version (
  one boolean primary key default true check (one),
  n bigint not null,
  xid xid8
);
insert into public_version (n) values (1);
select protect_rows('public_version', 'true', 'true');
create view public_state as select n from public_version;

create function public_changed() returns trigger language plpgsql set search_path from current as $$
begin
  update public_version set n = n + 1, xid = pg_current_xact_id() where xid is distinct from pg_current_xact_id();
  return null;
end $$;
-- At the commit, and once: who publishes waits for nobody else who does.
create constraint trigger public_changed after insert or update on record deferrable initially deferred for each row execute function public_changed();
create constraint trigger public_changed after insert or update on notice deferrable initially deferred for each row execute function public_changed();
create constraint trigger public_changed after update on notice_entry deferrable initially deferred for each row when (old.state is distinct from new.state) execute function public_changed();
create constraint trigger public_changed after insert on colour_publication deferrable initially deferred for each row execute function public_changed();
create constraint trigger public_changed after insert or update on objection deferrable initially deferred for each row execute function public_changed();

grant select on public_notice, public_notice_entry, public_colour, public_snapshot, public_state to portal_reader;
