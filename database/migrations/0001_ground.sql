-- The ground: who is asking, the ledger discipline, tallies, the fence. Written once; every room's tables are put under it.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

do $$ begin
  if not exists (select from pg_roles where rolname = 'ket_doan_app') then
    create role ket_doan_app nologin noinherit nobypassrls;
  end if;
end $$;
do $$ begin execute format('grant ket_doan_app to %I with inherit false, set true', current_user); end $$;
revoke create on schema public from public;
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

create schema ledger;
comment on schema ledger is 'The discipline every ledger is under: append only, two clocks, tallies that can be recounted.';
create schema access;
comment on schema access is 'Who is calling, in which role, and whose branch they may see.';
create schema units;
comment on schema units is 'The union tree through time.';
create schema employers;
comment on schema employers is 'Employers and their workforce.';
create schema members;
comment on schema members is 'People, and the append-only ledger of their movements.';
create schema founding;
comment on schema founding is 'Foundings of grassroots and occupational unions.';
create schema targets;
comment on schema targets is 'What a unit should reach on an indicator in a period.';
create schema progress;
comment on schema progress is 'Declared figures, and the questions that count.';
grant usage on schema ledger, access, units, employers, members, founding, targets, progress to ket_doan_app;

-- Who is asking: act() sets these at the start of every transaction.
create function access.me() returns int language sql stable parallel safe
  return nullif(current_setting('app.actor', true), '')::int;
create function access.my_unit() returns int language sql stable parallel safe
  return nullif(current_setting('app.unit', true), '')::int;
create function access.my_role() returns text language sql stable parallel safe
  return nullif(current_setting('app.role', true), '');
create function access.sees_all() returns boolean language sql stable parallel safe
  return coalesce(current_setting('app.sees_all', true), '') = 't';
create function access.today() returns date language sql stable parallel safe
  return coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'Asia/Ho_Chi_Minh')::date);

-- The instant of an entry: the transaction's own. Only an owner loading an older register may say an earlier one.
create function ledger.instant() returns timestamptz language sql stable
  return case when current_user <> 'ket_doan_app'
    then coalesce(nullif(current_setting('app.recorded_at', true), '')::timestamptz, now()) else now() end;

create table access.audit_line (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default now(),
  actor   int,
  act     text,
  relation text not null,
  op      text not null,
  rows    int not null,
  ids     text
);
comment on table access.audit_line is 'One line for every statement that wrote: when, who, by which act, to which table, how many rows, the first ids.';
create index on access.audit_line (actor, at);
alter table access.audit_line enable row level security;
create policy own on access.audit_line for select using (actor = access.me());
grant select on access.audit_line to ket_doan_app;

create function access.audit() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Each table is asked for its own first column, its key. Not by dynamic SQL: a dozen of these lines are written by one admission.
  insert into access.audit_line (actor, act, relation, op, rows, ids)
  select access.me(), nullif(current_setting('app.act', true), ''), tg_table_schema || '.' || tg_table_name, lower(tg_op), t.touched,
    (select left(string_agg(to_jsonb(f) ->> tg_argv[0], ','), 400) from (select * from changed limit 20) f)
  from (select count(*)::int as touched from changed) t where t.touched > 0;
  return null;
end $$;

-- Puts a table under audit: one line a writing statement. key: the column that names a row.
create function ledger.audit(relation regclass, key text) returns void language plpgsql as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as changed for each statement execute function access.audit(%L)', relation, key);
  execute format('create trigger audit_update after update on %s referencing new table as changed for each statement execute function access.audit(%L)', relation, key);
  execute format('create trigger audit_delete after delete on %s referencing old table as changed for each statement execute function access.audit(%L)', relation, key);
end $$;

-- The discipline of a ledger: nobody rewrites it, not even its owner; a reversal is the opposite of what it names.
create function ledger.refuse_rewrite() returns trigger language plpgsql as $$
begin
  raise exception 'ledger %.% is append-only: reverse the row instead', tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;

create function ledger.check_reversal() returns trigger language plpgsql as $$
declare
  opposite boolean;
begin
  execute format('select o.quantity = -$1.quantity and o.occurred_on = $1.occurred_on and o.unit_id = $1.unit_id and o.reverses_id is null
    from %I.%I o where o.id = $1.reverses_id', tg_table_schema, tg_table_name) into opposite using new;
  if opposite is distinct from true then
    raise exception 'a reversal is the opposite of the row it names, on the same day, for the same unit' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function ledger.append_only(relation regclass) returns void language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function ledger.refuse_rewrite()', relation);
  execute format('create trigger never_emptied before truncate on %s for each statement execute function ledger.refuse_rewrite()', relation);
end $$;

create function ledger.keep(relation regclass) returns void language plpgsql as $$
begin
  perform ledger.append_only(relation);
  execute format('create trigger reversal before insert on %s for each row when (new.reverses_id is not null) execute function ledger.check_reversal()', relation);
  execute format('create index on %s (recorded_at)', relation);
  execute format('grant select, insert on %s to ket_doan_app', relation);
  perform ledger.audit(relation, 'id');
end $$;
