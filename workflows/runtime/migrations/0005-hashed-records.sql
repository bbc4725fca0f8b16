-- What a closed run was is what its entry in the log has the hash of: no erasure changes it.
comment on column archived_run.record is 'hashed: canonical JSON, as its entry in the log has it';
