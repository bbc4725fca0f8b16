-- One entry for each command, as it is hashed into the log; what was decided, as certificates; the text of rules, once each.
alter table audit_entry rename to audit_entry_v1;
alter index audit_entry_subject rename to audit_entry_v1_subject;

create table command_entry (
  id uuid primary key,
  at timestamptz not null,
  body text not null,
  leaf bytea not null,
  -- Entries below the oldest running transaction can be put in order for good: nothing comes in among them any more.
  xid xid8 not null default pg_current_xact_id()
);
create index command_entry_order on command_entry (xid);
comment on table command_entry is 'append-only';

create table certificate (
  id uuid primary key,
  kind text not null,
  subject text not null,
  jurisdiction text not null,
  at timestamptz not null,
  sha256 text not null,
  body text not null
);
create index certificate_subject on certificate (subject, kind, at);
comment on table certificate is 'append-only';

create table rule_text (
  sha256 text primary key,
  body text not null
);
comment on table rule_text is 'append-only';

create view audit_entry as
  select id, at, actor, action, subject, jurisdiction, cause, policy, detail from audit_entry_v1
  union all
  select e.id, e.at, b.body ->> 'actor', n ->> 'action', n ->> 'subject', n ->> 'jurisdiction', b.body ->> 'cause', nullif(n -> 'policy', 'null'::jsonb), n -> 'detail'
    from command_entry e cross join lateral (select e.body::jsonb as body) b cross join lateral jsonb_array_elements(b.body -> 'notes') with ordinality as l(n, ord);
