-- What was decided in a case before its penalty was changed (行政处罚法 art. 48): decision, paper and taking back, the oldest first. What stands is in the case's own columns.
alter table case_file
  add column earlier_decisions jsonb not null default '[]',
  add constraint case_earlier_decided check (jsonb_array_length(earlier_decisions) = 0 or (state = 'decided' and penalty is not null));
