-- People and their movements. An identity number is sealed at rest, matched by a keyed hash, shown masked.
create table members.name (
  id     int generated always as identity primary key,
  folded text not null unique
);
comment on table members.name is 'Every distinct folded name once, so that a search for words anywhere reads names, not people. Reached through functions alone.';
create index on members.name using gin (to_tsvector('simple', folded));
alter table members.name enable row level security;
create policy nobody on members.name using (false);
select ledger.audit('members.name', 'id');

create table members.person (
  id              bigint generated always as identity primary key,
  full_name       text not null,
  name_id         int not null references members.name,
  name_key        text not null,
  given_key       text not null,
  birth_date      date not null,
  sex             text not null check (sex in ('male', 'female')),
  identity_hash   bytea not null unique,
  identity_sealed bytea not null,
  identity_tail   text not null,
  recorded_at     timestamptz not null default ledger.instant(),
  recorded_by     int default access.me() references access.account
);
comment on table members.person is 'One person, one row. name_key is the folded name family first, given_key given name first.';
create index on members.person (name_key, id);
create index on members.person (given_key, id);
create index on members.person (name_id);

create table members.movement (
  id              bigint generated always as identity primary key,
  person_id       bigint not null references members.person,
  unit_id         int not null references units.unit,
  kind            text not null check (kind in ('opening', 'admitted', 'received', 'sent', 'left', 'expelled', 'ended')),
  quantity        smallint not null check (quantity in (1, -1)),
  occurred_on     date not null,
  is_woman        boolean not null,
  in_occupational boolean not null,
  decision_id     bigint references units.decision,
  officer_id      int references access.account,
  reason          text,
  recorded_at     timestamptz not null default ledger.instant(),
  recorded_by     int default access.me() references access.account,
  reverses_id     bigint unique references members.movement,
  constraint arrives_or_departs check (reverses_id is not null or quantity = case when kind in ('opening', 'admitted', 'received') then 1 else -1 end)
);
comment on table members.movement is 'Append-only ledger. Members on a day = the quantities up to that day. Kind decides what counts: a transfer is no admission, an opening stock neither.';
create index on members.movement (unit_id, occurred_on);
create index on members.movement (person_id);
create index on members.movement (decision_id) where decision_id is not null;
select ledger.keep('members.movement');
select ledger.fence('members.movement', 'unit_id');
select ledger.tally('members.movement',
  array['net', 'women', 'admitted', 'admitted_women', 'admitted_occupational', 'departed', 'departed_left', 'opened'],
  array[
    'l.quantity',
    'case when l.is_woman then l.quantity else 0 end',
    'case when l.kind = ''admitted'' then l.quantity else 0 end',
    'case when l.kind = ''admitted'' and l.is_woman then l.quantity else 0 end',
    'case when l.kind = ''admitted'' and l.in_occupational then l.quantity else 0 end',
    'case when l.kind in (''sent'', ''left'', ''expelled'', ''ended'') then -l.quantity else 0 end',
    'case when l.kind = ''left'' then -l.quantity else 0 end',
    'case when l.kind = ''opening'' then l.quantity else 0 end']);

create table members.membership (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references members.person,
  unit_id    int not null references units.unit,
  during     daterange not null check (not isempty(during)),
  opened_by  bigint not null references members.movement,
  closed_by  bigint references members.movement,
  constraint one_union_at_a_time exclude using gist (person_id with =, during with &&)
);
comment on table members.membership is 'Which days a person belonged to which union, paired from the ledger by trigger. The exclusion constraint refuses two unions on one day, whoever asks.';
create index on members.membership (unit_id, person_id);
create index on members.membership (person_id, unit_id);
create index on members.membership (opened_by);
create index on members.membership (closed_by) where closed_by is not null;
select ledger.fence('members.membership', 'unit_id');
grant select on members.membership to ket_doan_app;
select ledger.audit('members.membership', 'id');

-- A person is seen where a membership of theirs, past or present, is in the branch: the fence of memberships says which those are.
-- `any(array[…])`: the planner takes the exclusion constraint's index for a plain `=`, at twenty times the price of the b-tree.
alter table members.person enable row level security;
create policy own_branch on members.person for select using ((select access.sees_all()) or exists (
  select from members.membership m where m.person_id = any(array[person.id]) offset 0));
create policy register on members.person for insert with check (true);
grant select, insert on members.person to ket_doan_app;
grant usage on sequence members.person_id_seq to ket_doan_app;
select ledger.audit('members.person', 'id');

-- Pairs movements into memberships, in the order they are recorded; what cannot be paired is refused. The plans are kept for the
-- session: made for a list of thousands, they must not read every membership for one admission.
create function members.pair() returns trigger language plpgsql security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  unpaired bigint;
begin
  -- Reversals first: a reversed arrival never was, a reversed departure never happened.
  delete from members.membership m using fresh f where f.reverses_id is not null and m.opened_by = f.reverses_id;
  update members.membership m set during = daterange(lower(m.during), null), closed_by = null
    from fresh f where f.reverses_id is not null and m.closed_by = f.reverses_id;
  insert into members.membership (person_id, unit_id, during, opened_by)
    select f.person_id, f.unit_id, daterange(f.occurred_on, null), f.id from fresh f where f.quantity = 1 and f.reverses_id is null;
  update members.membership m set during = daterange(lower(m.during), f.occurred_on), closed_by = f.id
    from fresh f where f.quantity = -1 and f.reverses_id is null and m.person_id = f.person_id and m.unit_id = f.unit_id
      and m.closed_by is null and lower(m.during) < f.occurred_on;
  select f.id into unpaired from fresh f where f.quantity = -1 and f.reverses_id is null
    and not exists (select from members.membership m where m.closed_by = f.id) limit 1;
  if unpaired is not null then
    raise exception 'movement % ends a membership that is not there', unpaired using errcode = 'check_violation', constraint = 'departs_from_somewhere';
  end if;
  return null;
end $$;
create trigger pair after insert on members.movement referencing new table as fresh for each statement execute function members.pair();

-- What a union may learn about people elsewhere: whether they are members, and where only if that is in its branch.
create function members.whereabouts(hashes bytea[]) returns table (identity_hash bytea, person_id bigint, full_name text, birth_date date,
    unit_id int, unit_name text, since date, left_on date, left_kind text, visible boolean)
  language sql stable security definer set search_path = ''
  begin atomic
    select p.identity_hash, p.id, p.full_name, p.birth_date, m.unit_id, u.name, lower(m.during), upper(m.during), c.kind,
      coalesce(units.in_my_branch(m.unit_id), false)
    from members.person p
    left join lateral (select x.unit_id, x.during, x.closed_by from members.membership x where x.person_id = p.id order by lower(x.during) desc limit 1) m on true
    left join units.unit u on u.id = m.unit_id
    left join members.movement c on c.id = m.closed_by
    where p.identity_hash = any(hashes);
  end;

-- Locks people by identity before anybody asks where they are: lock first, ask in the next statement. Somebody whom nobody has
-- registered yet has no row to lock: there the unique identity stands guard, and the second clerk's act is run again.
create function members.lock_identities(hashes bytea[]) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from members.person p where p.identity_hash = any(hashes) order by p.id for no key update;
end $$;

-- Ids of folded names, made where missing.
create function members.name_ids(names text[]) returns table (folded text, id int) language plpgsql security definer set search_path = '' as $$
begin
  insert into members.name (folded) select distinct n from unnest(names) n
    where not exists (select from members.name x where x.folded = n) order by 1 on conflict do nothing;
  return query select x.folded, x.id from members.name x where x.folded = any(names);
end $$;

-- Given name first, for Vietnamese order: `Nguyễn Thị Lan Anh` -> `Anh Lan Thị Nguyễn`.
create function members.given_first(full_name text) returns text language sql immutable parallel safe
  return array_to_string(array_reverse(string_to_array(full_name, ' ')), ' ');

-- People whose name holds words that begin so, in any order; only the ids, the fence is applied where they are read.
create function members.named(words text, most int) returns setof int language sql stable security definer set search_path = ''
  begin atomic
    select n.id from members.name n where to_tsvector('simple', n.folded) @@ to_tsquery('simple', words) limit most;
  end;

-- The next movement of the same person after one, that still stands: it must be reversed first.
create function members.later_movement(movement bigint) returns table (kind text, occurred_on date) language sql stable security definer set search_path = ''
  begin atomic
    select l.kind, l.occurred_on from members.movement m join members.movement l on l.person_id = m.person_id and l.reverses_id is null and l.id <> m.id
      and (l.occurred_on > m.occurred_on or (l.occurred_on = m.occurred_on and l.id > m.id))
    where m.id = movement and not exists (select from members.movement r where r.reverses_id = l.id)
    order by l.occurred_on limit 1;
  end;

create table members.identity_reading (
  id        bigint generated always as identity primary key,
  person_id bigint not null references members.person,
  reason    text not null,
  read_at   timestamptz not null default now(),
  read_by   int not null default access.me() references access.account
);
comment on table members.identity_reading is 'Who saw a whole identity number, when and why. Append-only.';
select ledger.append_only('members.identity_reading');
alter table members.identity_reading enable row level security;
create policy own on members.identity_reading using (read_by = access.me()) with check (read_by = access.me());
grant select, insert on members.identity_reading to ket_doan_app;
select ledger.audit('members.identity_reading', 'id');

-- The tallies for whoever may see the units asked; others get no row.
create function members.figures_in_branch(asked int[], before_day date, upto date, structure date, known timestamptz)
  returns table (unit_id int, at_end bigint[], at_start bigint[]) language sql stable security definer set search_path = ''
  begin atomic
    select * from members.movement_figures(array(select u from unnest(asked) u where units.in_my_branch(u)), before_day, upto, structure, known);
  end;
