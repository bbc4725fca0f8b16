-- Bodies whose colour is determined later are signed by themselves and get a notice of their own: a signature of a run is known
-- by its digest. A withdrawn notice hands it on to the one that takes up its entries.
alter table notice add column signed_digest text;
drop index notice_of_run;
create unique index notice_of_signature on notice (run_id, signed_digest) where because = 'run' and state <> 'withdrawn';
