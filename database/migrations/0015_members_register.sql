-- The register as lists and searches ask for it, saved views of it, what left it as a file, and how complete its records are.
-- Lists of people run past the fence in functions: each row behind it costs a look-up, and a page of fifty may have to pass
-- thousands. A function first asks whether the unit is in the caller's branch, and answers ids and days only; what is shown of a
-- person is read behind the fence, by id.

create type members.register_filter as (sex text, born_after date, born_until date, since_from date, since_to date, lacks text[]);

-- A card number as it is compared: without spaces and case.
create function members.card_key(number text) returns text language sql immutable parallel safe
  return upper(regexp_replace(number, '\s', '', 'g'));
create index on members.person (members.card_key(record ->> 'cardNumber')) where record ? 'cardNumber';
drop index members.person_name_id_idx;
create index on members.person (name_id, id);
create index on members.suspension (unit_id, person_id);
create index on members.leg (from_unit_id, person_id);

-- The day somebody joined the union is known: said in their record, or an admission that stands.
create function members.has_joining_day(person bigint, record jsonb) returns boolean language sql stable
  return record ? 'joinedOn' or exists (select from members.movement a where a.person_id = person and a.kind = 'admitted' and a.reverses_id is null
    and not exists (select from members.movement r where r.reverses_id = a.id));

create function members.fits(p members.person, f members.register_filter) returns boolean language sql stable
  return p.merged_into is null and (f.sex is null or p.sex = f.sex)
    -- Of whom only the year is known, any day of it may be the one.
    and (f.born_after is null or coalesce(p.birth_date, make_date(p.birth_year, 12, 31)) > f.born_after)
    and (f.born_until is null or coalesce(p.birth_date, make_date(p.birth_year, 1, 1)) <= f.born_until)
    and (f.lacks is null or (
      ('identityNumber' <> all(f.lacks) or p.identity_hash is null) and ('phone' <> all(f.lacks) or not p.record ? 'phone')
      and ('photo' <> all(f.lacks) or not p.has_photo) and ('birthDay' <> all(f.lacks) or p.birth_date is null)
      and ('joiningDay' <> all(f.lacks) or not members.has_joining_day(p.id, p.record))
      and ('something' <> all(f.lacks) or p.identity_hash is null or not p.record ? 'phone' or not p.has_photo or not members.has_joining_day(p.id, p.record))));

create function members.in_period(day date, f members.register_filter) returns boolean language sql immutable
  return (f.since_from is null or day >= f.since_from) and (f.since_to is null or day <= f.since_to);

-- Vietnamese order is word by word from the given name: all of `Dung` before the first `Dũng`, whatever the family.
create function members.in_order(given_first text) returns text[] language sql immutable parallel safe
  return string_to_array(given_first, ' ');

-- Units of a branch on a day that the caller may see today; for the day of today these are all of them.
create function members.units_under(asked int, on_day date) returns table (unit_id int) language sql stable
  begin atomic
    select b.unit_id from units.branch b where b.ancestor_id = asked and b.superseded_at = 'infinity' and b.valid_from <= on_day and on_day < b.valid_to
      and (access.sees_all() or on_day = access.today() or units.in_my_branch(b.unit_id));
  end;
create function members.seen_under(unit int, asked int, on_day date) returns table (unit_id int) language sql stable
  begin atomic
    select b.unit_id from units.branch b where b.unit_id = unit and b.ancestor_id = asked and b.superseded_at = 'infinity'
      and b.valid_from <= on_day and on_day < b.valid_to and (access.sees_all() or on_day = access.today() or units.in_my_branch(unit));
  end;

-- Whether a stretch of days holds a day, asked so that no index of all stretches is read for it.
create function members.holds(stretch daterange, day date) returns boolean language sql immutable parallel safe
  return lower(stretch) <= day and coalesce(upper(stretch), 'infinity') > day;

-- Who stands in a union on a day as a status says: member, suspended, road (sent and not yet received), or left (within twelve
-- months, and not come back).
create function members.at_status(unit int, on_day date, status text) returns table (person_id bigint, unit_id int, since date, until date) language sql stable
  begin atomic
    select m.person_id, m.unit_id, lower(m.during), null::date from members.membership m where status = 'member' and m.unit_id = unit and members.holds(m.during, on_day)
    union all
    select s.person_id, s.unit_id, lower(m.during), null from members.suspension s join members.membership m on m.unit_id = s.unit_id and m.person_id = s.person_id
      where status = 'suspended' and s.unit_id = unit and members.holds(s.during, on_day) and members.holds(m.during, on_day)
    union all
    select l.person_id, l.from_unit_id, lower(l.during), null from members.leg l where status = 'road' and l.from_unit_id = unit and members.holds(l.during, on_day)
    union all
    select x.person_id, x.unit_id, x.since, x.until from (
      select m.person_id, m.unit_id, lower(m.during) as since, upper(m.during) as until, m.closed_by from members.membership m
        where status = 'left' and m.unit_id = unit and m.closed_by is not null
      union all
      select l.person_id, l.from_unit_id, lower(l.during), upper(l.during), l.closed_by from members.leg l
        where status = 'left' and l.from_unit_id = unit and l.closed_by is not null) x
      join members.movement c on c.id = x.closed_by and c.kind in ('left', 'expelled', 'ended')
      where x.until <= on_day and x.until > (on_day - interval '12 months')::date
        and not exists (select from members.membership a where a.person_id = any(array[x.person_id]) and lower(a.during) between x.until and on_day);
  end;

-- The same asked of one person: where in the branch they stand so. Without a status: one row if the branch ever knew them.
create function members.where_stands(person bigint, asked int, on_day date, status text, everywhere boolean) returns table (unit_id int, since date, until date)
  language sql stable
  begin atomic
    select m.unit_id, lower(m.during), null::date from members.membership m
      where status in ('member', 'suspended') and m.person_id = any(array[person]) and members.holds(m.during, on_day)
        and exists (select from members.seen_under(m.unit_id, asked, on_day))
        and (status = 'member' or exists (select from members.suspension s where s.person_id = person and s.unit_id = m.unit_id and members.holds(s.during, on_day)))
    union all
    select s.unit_id, s.since, s.until from (
      select distinct x.unit_id from (
        select l.from_unit_id as unit_id from members.leg l where l.person_id = person
        union all
        select m.unit_id from members.membership m where status = 'left' and m.person_id = any(array[person])) x
      where status in ('road', 'left') and exists (select from members.seen_under(x.unit_id, asked, on_day)) offset 0) x
      cross join lateral members.at_status(x.unit_id, on_day, status) s where s.person_id = person
    union all
    select null, null, null where status is null and (everywhere
      or exists (select from members.membership m where m.person_id = any(array[person]) and exists (select from members.seen_under(m.unit_id, asked, on_day)))
      or exists (select from members.leg l where l.person_id = person and members.holds(l.during, on_day)
        and (exists (select from members.seen_under(l.from_unit_id, asked, on_day)) or exists (select from members.seen_under(l.to_unit_id, asked, on_day)))));
  end;

create function members.refuse_stranger(asked int) returns void language plpgsql stable as $$
begin
  if not units.in_my_branch(asked) then
    raise exception 'unit % is not in the branch of who asks', asked using errcode = 'insufficient_privilege';
  end if;
end $$;

-- The register union by union, each in the order of given names, from after a person on. Stops when `most` are found, or after
-- `budget` milliseconds: then the last row names no person, but the last union that was looked through. `looked`: unions so far.
create function members.register_walk(asked int, on_day date, status text, f members.register_filter, after_unit int, after_name text, after_id bigint,
    most int, budget int) returns table (person_id bigint, unit_id int, since date, until date, name text, looked int)
  language plpgsql stable security definer set search_path = ''
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  begun timestamptz := clock_timestamp();
  one int;
  found_here bigint;
  kept bigint := 0;
  unions int := 0;
begin
  perform members.refuse_stranger(asked);
  for one in select u.unit_id from members.units_under(asked, on_day) u where u.unit_id >= after_unit order by u.unit_id loop
    unions := unions + 1;
    return query
      select s.person_id, s.unit_id, s.since, s.until, members.given_first(p.full_name), unions
      from members.at_status(one, on_day, status) s join members.person p on p.id = s.person_id
      where members.fits(p, f) and members.in_period(s.since, f)
        and (one > after_unit or (members.in_order(members.given_first(p.full_name)) collate "vi-x-icu", p.id) > (members.in_order(after_name) collate "vi-x-icu", after_id))
      order by members.in_order(members.given_first(p.full_name)) collate "vi-x-icu", p.id limit most - kept;
    get diagnostics found_here = row_count;
    kept := kept + found_here;
    exit when kept >= most;
    if clock_timestamp() > begun + make_interval(secs => budget / 1000.0) then
      return query select null::bigint, one, null::date, null::date, null::text, unions
        where exists (select from members.units_under(asked, on_day) u where u.unit_id > one);
      exit;
    end if;
  end loop;
end $$;

-- A branch of some thousands as one list: best match first, then in the order of given names. Words: keys that begin so, or
-- every word somewhere. Without words everybody is a match.
create function members.branch_people(asked int, on_day date, status text, f members.register_filter, key text, typed text, words text[],
    after_rank int, after_name text, after_id bigint, most int)
  returns table (person_id bigint, unit_id int, since date, until date, name text, rank int)
  language plpgsql stable security definer set search_path = '' set enable_bitmapscan = off as $$
begin
  perform members.refuse_stranger(asked);
  return query
    with who as materialized (
      select distinct on (x.person_id) x.person_id, x.unit_id, x.since, x.until from (
        select s.* from members.units_under(asked, on_day) u cross join lateral members.at_status(u.unit_id, on_day, status) s where status is not null
        union all
        select m.person_id, null, null, null from members.units_under(asked, on_day) u join members.membership m on m.unit_id = u.unit_id where status is null
        union all
        select l.person_id, null, null, null from members.units_under(asked, on_day) u join members.leg l on l.from_unit_id = u.unit_id
          where status is null and members.holds(l.during, on_day)
        union all
        select l.person_id, null, null, null from members.leg l where status is null and l.closed_by is null and members.holds(l.during, on_day)
          and exists (select from members.seen_under(l.to_unit_id, asked, on_day))) x
      order by x.person_id, x.since desc)
    select w.person_id, w.unit_id, w.since, w.until, r.name, r.rank
    from who w join members.person p on p.id = w.person_id cross join lateral (
      select members.given_first(p.full_name) as name, case when lower(p.full_name) = typed then 0 when key in (p.name_key, p.given_key) then 1 else 2 end as rank) r
    where members.fits(p, f) and members.in_period(w.since, f)
      and (key is null or starts_with(p.name_key, key) or starts_with(p.given_key, key) or (' ' || p.name_key) like all(words))
      and (r.rank, members.in_order(r.name) collate "vi-x-icu", p.id) > (after_rank, members.in_order(after_name) collate "vi-x-icu", after_id)
    order by r.rank, members.in_order(r.name) collate "vi-x-icu", p.id limit most;
end $$;

-- Names that hold words at their beginnings: where they are rare all of them, where they are common those of a stretch of names,
-- and with which name the next stretch begins.
create function members.names_with(words text, patterns text[], first_name int, stretch int, out ids int[], out next_name int)
  language plpgsql stable security definer set search_path = '' set enable_bitmapscan = on as $$
begin
  ids := array(select n.id from members.name n where to_tsvector('simple', n.folded) @@ to_tsquery('simple', words) and (' ' || n.folded) like all(patterns) limit 2001);
  if cardinality(ids) > 2000 then
    ids := array(select n.id from (select x.* from members.name x where x.id >= first_name order by x.id limit stretch) n where (' ' || n.folded) like all(patterns));
    select n.id into next_name from members.name n where n.id >= first_name order by n.id offset stretch limit 1;
  end if;
end $$;

revoke execute on function members.names_with(text, text[], int, int) from public;

-- People by name in a branch of any size, walked along the indexes: 1 the name itself, 2 it begins so family first, 3 given name
-- first, 4 its words anywhere. A row without a person says where the walk stopped, having looked at `work` people or names.
create function members.find_names(asked int, on_day date, status text, f members.register_filter, key text, words text, patterns text[],
    after_stage int, after_key text, after_id bigint, most int, work int)
  returns table (person_id bigint, unit_id int, since date, until date, name text, stage int, key_at text, id_at bigint)
  language plpgsql stable security definer set search_path = ''
  set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  everywhere boolean := access.sees_all() and asked = access.my_unit();
  kept bigint := 0;
  more bigint;
  beyond text := key || U&'\+10FFFF';
  last_key text;
  last_id bigint;
  step int;
  first_name int;
  names int[];
  next_name int;
begin
  perform members.refuse_stranger(asked);
  for step in greatest(after_stage, 1) .. 4 loop
    if step > after_stage then after_key := ''; after_id := 0; end if;
    last_id := null;
    if step = 1 then
      return query select (c.p).id, s.unit_id, s.since, s.until, (c.p).full_name, step, ''::text, (c.p).id
        from (select p from members.person p where p.name_key = find_names.key and p.id > after_id
          union all select p from members.person p where p.given_key = find_names.key and p.name_key <> find_names.key and p.id > after_id) c
        cross join lateral members.where_stands((c.p).id, asked, on_day, status, everywhere) s
        where members.fits(c.p, f) and members.in_period(s.since, f) order by (c.p).id limit most - kept;
    elsif step = 2 then
      return query select (c.p).id, s.unit_id, s.since, s.until, (c.p).full_name, step, (c.p).name_key, (c.p).id
        from (select p, p.name_key, p.id from members.person p where p.name_key > find_names.key and p.name_key < beyond and (p.name_key, p.id) > (after_key, after_id)
          order by p.name_key, p.id limit work) c
        cross join lateral members.where_stands((c.p).id, asked, on_day, status, everywhere) s
        where (c.p).given_key <> find_names.key and members.fits(c.p, f) and members.in_period(s.since, f) order by c.name_key, c.id limit most - kept;
    elsif step = 3 then
      return query select (c.p).id, s.unit_id, s.since, s.until, (c.p).full_name, step, (c.p).given_key, (c.p).id
        from (select p, p.given_key, p.id from members.person p where p.given_key > find_names.key and p.given_key < beyond and (p.given_key, p.id) > (after_key, after_id)
          order by p.given_key, p.id limit work) c
        cross join lateral members.where_stands((c.p).id, asked, on_day, status, everywhere) s
        where not starts_with((c.p).name_key, find_names.key) and members.fits(c.p, f) and members.in_period(s.since, f) order by c.given_key, c.id limit most - kept;
    else
      first_name := coalesce(nullif(after_key, ''), '0')::int;
      select n.ids, n.next_name into names, next_name from members.names_with(words, patterns, first_name, greatest(1, work / 4)) n;
      return query select (c.p).id, s.unit_id, s.since, s.until, (c.p).full_name, step, (c.p).name_id::text, (c.p).id
        from (select p, p.name_id, p.id from members.person p where p.name_id = any(names) and (p.name_id, p.id) > (first_name, after_id) order by p.name_id, p.id) c
        cross join lateral members.where_stands((c.p).id, asked, on_day, status, everywhere) s
        where not starts_with((c.p).name_key, find_names.key) and not starts_with((c.p).given_key, find_names.key)
          and members.fits(c.p, f) and members.in_period(s.since, f) order by c.name_id, c.id limit most - kept;
    end if;
    get diagnostics more = row_count;
    kept := kept + more;
    exit when kept >= most;
    -- Fewer than asked for: either there are no more, or the work of one question is done.
    if step = 2 then
      select p.name_key, p.id into last_key, last_id from members.person p where p.name_key > find_names.key and p.name_key < beyond
        and (p.name_key, p.id) > (after_key, after_id) order by p.name_key, p.id offset work - 1 limit 1;
    elsif step = 3 then
      select p.given_key, p.id into last_key, last_id from members.person p where p.given_key > find_names.key and p.given_key < beyond
        and (p.given_key, p.id) > (after_key, after_id) order by p.given_key, p.id offset work - 1 limit 1;
    elsif step = 4 and next_name is not null then
      last_key := next_name::text;
      last_id := 0;
    end if;
    if last_id is not null then
      return query select null::bigint, null::int, null::date, null::date, null::text, step, last_key, last_id;
      exit;
    end if;
  end loop;
end $$;

-- People by whole numbers: a card, or the hash of an identity number. Whoever was merged is the person they were merged into.
create function members.find_numbers(asked int, on_day date, status text, f members.register_filter, card text, hashes bytea[])
  returns table (person_id bigint, unit_id int, since date, until date, name text, by text)
  language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
declare
  everywhere boolean := access.sees_all() and asked = access.my_unit();
begin
  perform members.refuse_stranger(asked);
  return query select distinct on (p.id) p.id, s.unit_id, s.since, s.until, p.full_name, h.by from (
      select coalesce(x.merged_into, x.id) as id, 'card' as by from members.person x where x.record ? 'cardNumber' and members.card_key(x.record ->> 'cardNumber') = card
      union all
      select coalesce(x.merged_into, x.id), 'identity' from members.person x where x.identity_hash = any(hashes)) h
    join members.person p on p.id = h.id
    cross join lateral members.where_stands(p.id, asked, on_day, status, everywhere) s
    where members.fits(p, f) and members.in_period(s.since, f) order by p.id, h.by desc limit 200;
end $$;

-- People whose identity number ends so: the last three digits stand beside it, the rest is sealed and for the server to open.
create function members.find_tails(asked int, on_day date, status text, f members.register_filter, tail text, after_id bigint, most int, work int)
  returns table (person_id bigint, unit_id int, since date, until date, name text, sealed bytea, id_at bigint)
  language plpgsql stable security definer set search_path = ''
  set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  everywhere boolean := access.sees_all() and asked = access.my_unit();
  kept bigint;
begin
  perform members.refuse_stranger(asked);
  return query select (c.p).id, s.unit_id, s.since, s.until, (c.p).full_name, (c.p).identity_sealed, (c.p).id
    from (select p, p.id from members.person p where p.identity_tail = tail and p.id > after_id order by p.id limit work) c
    cross join lateral members.where_stands((c.p).id, asked, on_day, status, everywhere) s
    where members.fits(c.p, f) and members.in_period(s.since, f) order by c.id limit most;
  get diagnostics kept = row_count;
  if kept < most then
    return query select null::bigint, null::int, null::date, null::date, null::text, null::bytea, p.id from members.person p
      where p.identity_tail = tail and p.id > after_id order by p.id offset work - 1 limit 1;
  end if;
end $$;
drop function members.named(text, int);

-- Saved views of the register: one's own, or of one's unit.
create table members.saved_view (
  id            bigint generated always as identity primary key,
  account_id    int not null default access.me() references access.account,
  unit_id       int references units.unit,
  name          text not null,
  filters       jsonb not null,
  columns       text[] not null,
  recorded_at   timestamptz not null default ledger.instant(),
  superseded_at timestamptz not null default 'infinity'
);
comment on table members.saved_view is 'Filters, order and columns of the register under a name. With a unit, everybody of that unit sees it. Saving again under a name supersedes.';
create unique index view_name on members.saved_view (account_id, coalesce(unit_id, 0), lower(name)) where superseded_at = 'infinity';
create index on members.saved_view (unit_id) where superseded_at = 'infinity';
alter table members.saved_view enable row level security;
create policy own_or_unit on members.saved_view for select using (account_id = access.me() or unit_id = access.my_unit());
create policy keep on members.saved_view for insert with check (account_id = access.me() and (unit_id is null or unit_id = access.my_unit()));
create policy supersede on members.saved_view for update using (account_id = access.me()
  or (unit_id = access.my_unit() and access.my_role() in ('federation_leader', 'unit_leader')));
grant select, insert, update (superseded_at) on members.saved_view to ket_doan_app;
select ledger.audit('members.saved_view', 'id');

create table members.view_choice (
  id         bigint generated always as identity primary key,
  account_id int not null default access.me() references access.account,
  view_id    bigint references members.saved_view,
  chosen_at  timestamptz not null default now()
);
comment on table members.view_choice is 'Append-only. With which view the register opens for an account; the last row speaks, null is the plain register.';
create index on members.view_choice (account_id, id);
select ledger.append_only('members.view_choice');
alter table members.view_choice enable row level security;
create policy own on members.view_choice using (account_id = access.me()) with check (account_id = access.me());
grant select, insert on members.view_choice to ket_doan_app;
select ledger.audit('members.view_choice', 'id');

-- What left the register as a file. The end is a line of its own: where it is missing, the file was broken off.
create table members.export_line (
  id            bigint generated always as identity primary key,
  account_id    int not null default access.me() references access.account,
  unit_id       int not null references units.unit,
  format        text not null check (format in ('xlsx', 'csv')),
  question      jsonb not null,
  with_identity boolean not null,
  reason        text,
  begun_at      timestamptz not null default now(),
  constraint whole_numbers_for_a_reason check (with_identity <= (reason is not null))
);
comment on table members.export_line is 'Append-only. Who took a list out of the register, when, which, and whether with whole identity numbers and why.';
create table members.export_end (
  id        bigint generated always as identity primary key,
  export_id bigint not null unique references members.export_line,
  rows      int not null,
  ended_at  timestamptz not null default now()
);
comment on table members.export_end is 'Append-only. How many people an export held when it had been written to its end.';
create index on members.export_line (account_id, begun_at);
create index on members.export_line (unit_id);
select ledger.append_only('members.export_line'), ledger.append_only('members.export_end');
alter table members.export_line enable row level security;
create policy own on members.export_line for select using (account_id = access.me()
  or (access.my_role() in ('federation_leader', 'unit_leader') and units.in_my_branch(unit_id)));
create policy take on members.export_line for insert with check (account_id = access.me() and units.in_my_branch(unit_id));
alter table members.export_end enable row level security;
create policy with_line on members.export_end using (exists (select from members.export_line l where l.id = export_id offset 0))
  with check (exists (select from members.export_line l where l.id = export_id offset 0));
grant select, insert on members.export_line, members.export_end to ket_doan_app;
select ledger.audit('members.export_line', 'id'), ledger.audit('members.export_end', 'id');

-- How complete the records of today's members are, union by union. Derived, and counted again when asked: whoever writes leaves
-- the union in the list of those touched, in the same transaction, so that nothing is lost and no writer waits for another.
create table members.completeness (
  unit_id          int primary key references units.unit,
  members          int not null,
  with_identity    int not null,
  with_phone       int not null,
  with_photo       int not null,
  with_joining_day int not null,
  complete         int not null,
  counted_at       timestamptz not null default now()
);
comment on table members.completeness is 'Of how many members of a union the identity number, phone, photo and joining day are known, and of how many all four. A cache: a test recounts it.';
select ledger.fence('members.completeness', 'unit_id');
grant select on members.completeness to ket_doan_app;
select ledger.audit('members.completeness', 'unit_id');

create table members.completeness_touched (
  id      bigint generated always as identity primary key,
  unit_id int not null references units.unit
);
comment on table members.completeness_touched is 'Unions in which something about members changed since completeness was counted. Emptied by whoever counts; one union may stand here many times.';
create index on members.completeness_touched (unit_id);
alter table members.completeness_touched enable row level security;
create policy nobody on members.completeness_touched using (false);
select ledger.audit('members.completeness_touched', 'id');

-- A movement of somebody may bring their joining day to the union where they are now, too.
create function members.touch_by_membership() returns trigger language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
begin
  insert into members.completeness_touched (unit_id)
    select c.unit_id from changed c union select m.unit_id from changed c
      cross join lateral (select m.unit_id from members.membership m where m.person_id = any(array[c.person_id]) and m.closed_by is null offset 0) m;
  return null;
end $$;
create trigger touch_insert after insert on members.membership referencing new table as changed for each statement execute function members.touch_by_membership();
create trigger touch_update_old after update on members.membership referencing old table as changed for each statement execute function members.touch_by_membership();
create trigger touch_update after update on members.membership referencing new table as changed for each statement execute function members.touch_by_membership();
create trigger touch_delete after delete on members.membership referencing old table as changed for each statement execute function members.touch_by_membership();

create function members.touch_by_person() returns trigger language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
begin
  insert into members.completeness_touched (unit_id)
    select distinct m.unit_id from changed c
      cross join lateral (select m.unit_id from members.membership m where m.person_id = any(array[c.id]) and m.closed_by is null offset 0) m;
  return null;
end $$;
create trigger touch_update after update on members.person referencing new table as changed for each statement execute function members.touch_by_person();

-- One fresh count of some unions.
create function members.count_completeness(unions int[]) returns setof members.completeness language sql stable security definer set search_path = ''
  begin atomic
    select u.id, count(p.id)::int, count(p.identity_hash)::int, (count(*) filter (where p.record ? 'phone'))::int, (count(*) filter (where p.has_photo))::int,
      (count(*) filter (where j.known))::int,
      (count(*) filter (where p.identity_hash is not null and p.record ? 'phone' and p.has_photo and j.known))::int, now()
    from unnest(unions) u(id)
    left join members.membership m on m.unit_id = u.id and upper_inf(m.during)
    left join members.person p on p.id = m.person_id and p.merged_into is null
    left join lateral (select p.record ? 'joinedOn' or exists (select from members.movement a where a.person_id = p.id and a.kind = 'admitted'
      and a.reverses_id is null and not exists (select from members.movement r where r.reverses_id = a.id)) as known) j on p.id is not null
    group by u.id;
  end;
revoke execute on function members.count_completeness(int[]) from public;

-- Counts again what was touched in a branch, at most so many unions; answers how many are left. Lock first, ask in the next
-- statement; the lines removed are those read before the count, so a change that comes in between is counted the next time.
create function members.refresh_completeness(asked int, most int) returns int language plpgsql security definer set search_path = '' as $$
declare
  unions int[];
  lines bigint[];
begin
  perform members.refuse_stranger(asked);
  perform pg_advisory_xact_lock(7239515);
  unions := array(select distinct t.unit_id from members.completeness_touched t
    where exists (select from members.seen_under(t.unit_id, asked, access.today())) order by 1 limit most);
  if cardinality(unions) = 0 then return 0; end if;
  lines := array(select t.id from members.completeness_touched t where t.unit_id = any(unions));
  insert into members.completeness as k select c.* from members.count_completeness(unions) c
    on conflict (unit_id) do update set members = excluded.members, with_identity = excluded.with_identity, with_phone = excluded.with_phone,
      with_photo = excluded.with_photo, with_joining_day = excluded.with_joining_day, complete = excluded.complete, counted_at = excluded.counted_at;
  delete from members.completeness_touched t where t.id = any(lines);
  return (select count(distinct t.unit_id) from members.completeness_touched t where exists (select from members.seen_under(t.unit_id, asked, access.today())));
end $$;

-- The figures of units, each of its whole branch of today.
create function members.completeness_of(asked int[]) returns table (unit_id int, members bigint, with_identity bigint, with_phone bigint, with_photo bigint,
    with_joining_day bigint, complete bigint) language sql stable security definer set search_path = ''
  begin atomic
    select a.id, coalesce(sum(k.members), 0)::bigint, coalesce(sum(k.with_identity), 0)::bigint, coalesce(sum(k.with_phone), 0)::bigint,
      coalesce(sum(k.with_photo), 0)::bigint, coalesce(sum(k.with_joining_day), 0)::bigint, coalesce(sum(k.complete), 0)::bigint
    from unnest(asked) a(id)
    left join units.branch b on b.ancestor_id = a.id and b.superseded_at = 'infinity' and b.valid_from <= access.today() and access.today() < b.valid_to
    left join members.completeness k on k.unit_id = b.unit_id
    where units.in_my_branch(a.id) group by a.id;
  end;

insert into members.completeness_touched (unit_id) select distinct m.unit_id from members.membership m;
