-- People who are signed in, and sign-ins on their way. Neither table holds what the browser holds: only its SHA-256.
create table session (
  id_hash text primary key,
  account text not null,
  access_token text not null,
  access_until timestamptz not null,
  refresh_token text,
  id_token text,
  begun_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_ends on session (ends_at);

create table sign_in (
  state_hash text primary key,
  browser_hash text not null,
  verifier text not null,
  nonce text not null,
  return_to text not null,
  ends_at timestamptz not null
);
