-- The scope of a qualification as its certificate prints it, and how it ended where that is known: 注销, 撤销, 吊销.
alter table qualification_line
  add column categories jsonb,
  add column items jsonb,
  add column ended text check (ended in ('cancelled', 'withdrawn', 'revoked', 'ended'));
