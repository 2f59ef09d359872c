-- Accounts and sessions. A password is kept as argon2id, a session token as its hash.
create table access.account (
  id            int generated always as identity primary key,
  username      text not null unique,
  name          text not null,
  role          text not null check (role in ('federation_leader', 'unit_leader', 'officer', 'read_only')),
  unit_id       int not null,
  password_hash text,
  is_demo       boolean not null default false,
  ended_on      date,
  recorded_at   timestamptz not null default ledger.instant()
);
comment on table access.account is 'Officers and leaders. Without a password hash an account cannot sign in but acts may be credited to it.';
alter table access.account enable row level security;
select ledger.audit('access.account', 'id');

create table access.session (
  token_hash bytea primary key,
  account_id int not null references access.account,
  opened_at  timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table access.session is 'Server sessions; the cookie holds the token, this table only its SHA-256. Reached through functions alone.';
create index on access.session (account_id);
alter table access.session enable row level security;
select ledger.audit('access.session', 'account_id');

-- One failed try a row; counted by user name and by address over a quarter of an hour.
create table access.failed_try (
  id       bigint generated always as identity primary key,
  username text not null,
  address  text not null,
  at       timestamptz not null default now()
);
comment on table access.failed_try is 'Failed sign-ins, so that guessing is slowed. Reached through functions alone; old rows are dropped at the next try.';
create index on access.failed_try (username, at);
create index on access.failed_try (address, at);
alter table access.failed_try enable row level security;
select ledger.audit('access.failed_try', 'id');

-- The reply of a write, kept in the same transaction, so that a retry cannot act twice.
create table access.kept_reply (
  key          uuid not null,
  account_id   int not null references access.account,
  act          text not null,
  request_hash bytea not null,
  reply        jsonb not null,
  at           timestamptz not null default now(),
  primary key (account_id, key)
);
comment on table access.kept_reply is 'Idempotency: what a write with this key was answered. Dropped after two days.';
create index on access.kept_reply (at);
alter table access.kept_reply enable row level security;
create policy own on access.kept_reply using (account_id = access.me()) with check (account_id = access.me());
grant select, insert on access.kept_reply to ket_doan_app;
select ledger.audit('access.kept_reply', 'key');

create function access.credentials(asked text) returns table (id int, password_hash text)
  language sql stable security definer set search_path = ''
  begin atomic
    select a.id, a.password_hash from access.account a
    where a.username = lower(asked) and a.password_hash is not null and (a.ended_on is null or a.ended_on > access.today());
  end;

-- Seconds to wait before the next try; 0 when one may try now. Ten failures in fifteen minutes, by name or by address.
create function access.seconds_to_wait(asked text, from_address text) returns int
  language sql stable security definer set search_path = ''
  begin atomic
    select coalesce(max(greatest(0, ceil(extract(epoch from t.tenth + interval '15 minutes' - now()))::int)), 0)
    from (
      (select f.at as tenth from access.failed_try f where f.username = lower(asked) and f.at > now() - interval '15 minutes' order by f.at desc offset 9 limit 1)
      union all
      (select f.at from access.failed_try f where f.address = from_address and f.at > now() - interval '15 minutes' order by f.at desc offset 49 limit 1)
    ) t;
  end;

create function access.note_failed_try(asked text, from_address text) returns void
  language sql security definer set search_path = ''
  begin atomic
    delete from access.failed_try f where f.at < now() - interval '1 day';
    insert into access.failed_try (username, address) values (lower(asked), from_address);
  end;

create function access.open_session(account int, hash bytea, hours int) returns void
  language sql security definer set search_path = ''
  begin atomic
    delete from access.session s where s.expires_at < now();
    delete from access.kept_reply k where k.at < now() - interval '2 days';
    insert into access.session (token_hash, account_id, expires_at) values (hash, account, now() + make_interval(hours => hours));
  end;

create function access.close_session(hash bytea) returns void
  language sql security definer set search_path = ''
  begin atomic
    delete from access.session s where s.token_hash = hash;
  end;
