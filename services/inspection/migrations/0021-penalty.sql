-- The paper of a penalty and whether it is of social impact (行政处罚法 art. 48); why what was published of it was taken back. Null: nobody has said so, and nothing is published.
alter table case_file
  add column penalty jsonb,
  add column penalty_withdrawal jsonb,
  add constraint case_penalty_decided check (penalty is null or state = 'decided'),
  add constraint case_penalty_withdrawn check (penalty_withdrawal is null or (penalty ->> 'influential')::boolean is true);
