-- One log over the entries of all rooms (libs/audit/LOG.md): leaves in their order, complete subtrees, signed heads.
create table log_leaf (
  idx bigint primary key check (idx >= 0),
  room text not null,
  entry_id uuid not null unique,
  leaf bytea not null
);
create index log_leaf_by_hash on log_leaf (leaf);
comment on table log_leaf is 'append-only';

-- Subtrees of two leaves and more; those of one are the leaves themselves.
create table log_node (
  level int not null check (level > 0),
  idx bigint not null,
  hash bytea not null,
  primary key (level, idx)
);
comment on table log_node is 'append-only';

create table log_key (
  key text primary key,
  public_key text not null
);
comment on table log_key is 'append-only';

-- `at` as it was signed, letter for letter.
create table tree_head (
  size bigint primary key,
  root text not null,
  at text not null,
  installation text not null,
  key text not null references log_key,
  signature text not null
);
comment on table tree_head is 'append-only';

create table countersignature (
  size bigint not null references tree_head,
  witness text not null,
  root text not null,
  signature text not null,
  at timestamptz not null,
  primary key (size, witness)
);
comment on table countersignature is 'append-only';

-- How far each room's entries have been taken.
create table log_cursor (
  room text primary key,
  xid xid8 not null,
  entry_id uuid not null
);

create view public_log_leaf as select idx, entry_id, leaf from log_leaf;
create view public_log_node as select level, idx, hash from log_node;
create view public_log_head as
  select h.size, h.root, h.at, h.installation, h.key, h.signature, k.public_key,
    coalesce((select jsonb_agg(jsonb_build_object('witness', c.witness, 'size', c.size, 'root', c.root, 'signature', c.signature) order by c.witness) from countersignature c where c.size = h.size), '[]') as witnesses
  from tree_head h join log_key k using (key);

do $$ begin
  execute format('grant usage on schema %I to portal_reader', current_schema());
end $$;
grant select on public_log_leaf, public_log_node, public_log_head to portal_reader;
