-- A summary's table is what the log has the hash of: no erasure changes it.
comment on column monitoring_summary.content is 'hashed';
