-- What the bridge did with each fact that moves a workflow: started, signalled, or found already done.
create table bridged (
  fact_id text not null,
  workflow_id text not null,
  what text not null check (what in ('started', 'already-started', 'signalled', 'not-running')),
  at timestamptz not null,
  primary key (fact_id, workflow_id)
);
