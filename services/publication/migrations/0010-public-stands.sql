-- What was public word for word is what anybody has compared: no erasure changes it.
comment on column snapshot.body is 'hashed';

-- The number by which the public's pages are kept changes with what is public and by nothing else: the application itself
-- neither sets it nor takes it away.
alter function public_changed() security definer;
drop policy seen on public_version;
drop policy added on public_version;
drop policy changed on public_version;
drop policy removed on public_version;
select protect_rows('public_version', 'true', ':stranger');
