-- The same person registered twice: pairs who look alike wait for a human, who merges them or says that they are two. A merge moves
-- one row's history under the other, line by line, so that the way back is known.
create table members.merge (
  id          bigint generated always as identity primary key,
  kept_id     bigint not null references members.person,
  merged_id   bigint not null references members.person,
  reason      text not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  reverses_id bigint unique references members.merge,
  constraint two_people check (kept_id <> merged_id)
);
comment on table members.merge is 'Append-only. One person''s row turned out to be another''s, too; a row that reverses another says that they were two after all.';
create index on members.merge (kept_id);
create index on members.merge (merged_id);

alter table members.movement add column merge_id bigint references members.merge;
alter table members.statement add column merge_id bigint references members.merge;
create index on members.movement (merge_id) where merge_id is not null;
create index on members.statement (merge_id) where merge_id is not null;

create table members.merge_line (
  id          bigint generated always as identity primary key,
  merge_id    bigint not null references members.merge,
  movement_id bigint not null references members.movement,
  copy_id     bigint unique references members.movement,
  outcome     text not null check (outcome in ('stood', 'carried', 'dropped', 'returned', 'followed', 'stayed', 'taken_back')),
  constraint written_anew check ((copy_id is not null) = (outcome in ('carried', 'returned', 'followed')))
);
comment on table members.merge_line is 'Append-only. What a merge did with each movement: the kept person''s own stood, the other''s was carried over or dropped as the same membership twice; and where its undo put each.';
create index on members.merge_line (merge_id, id);
create index on members.merge_line (movement_id);

create table members.look_alike (
  id          bigint generated always as identity primary key,
  person_a    bigint not null references members.person,
  person_b    bigint not null references members.person,
  reasons     text[] not null,
  is_by_hand  boolean not null default false,
  weight      smallint not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  unique (person_a, person_b, is_by_hand),
  constraint in_order check (person_a < person_b)
);
comment on table members.look_alike is 'Append-only. Two rows that may be one person, why they were noted and how strongly; noted by trigger, or proposed by hand.';
create index on members.look_alike (person_b);

create table members.twin_decision (
  id          bigint generated always as identity primary key,
  person_a    bigint not null references members.person,
  person_b    bigint not null references members.person,
  reason      text not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  reverses_id bigint unique references members.twin_decision,
  constraint in_order check (person_a < person_b)
);
comment on table members.twin_decision is 'Append-only. Somebody looked at two people who look alike and said that they are not the same.';
create index on members.twin_decision (person_a, person_b);
create index on members.twin_decision (person_b);

select ledger.append_only('members.merge'), ledger.append_only('members.merge_line'), ledger.append_only('members.look_alike'), ledger.append_only('members.twin_decision');
select ledger.audit('members.merge', 'id'), ledger.audit('members.merge_line', 'id'), ledger.audit('members.look_alike', 'id'), ledger.audit('members.twin_decision', 'id');
grant select, insert on members.merge, members.merge_line, members.look_alike, members.twin_decision to ket_doan_app;

-- Whoever sees the kept person sees the row that was merged into them, since both histories stay readable.
drop policy own_branch on members.person;
create policy own_branch on members.person for select using ((select access.sees_all())
  or exists (select from members.membership m where m.person_id = any(array[person.id]) offset 0)
  or exists (select from members.leg l where l.person_id = person.id and l.closed_by is null offset 0)
  or (merged_into is not null and (exists (select from members.membership m where m.person_id = any(array[person.merged_into]) offset 0)
    or exists (select from members.leg l where l.person_id = person.merged_into and l.closed_by is null offset 0))));

-- Two people together are for whoever sees both: one of them alone says nothing of the other. A merge is part of either's history.
alter table members.merge enable row level security;
create policy sees_either on members.merge using (exists (select from members.person p where p.id = kept_id offset 0) or exists (select from members.person p where p.id = merged_id offset 0))
  with check (exists (select from members.person p where p.id = kept_id offset 0) and exists (select from members.person p where p.id = merged_id offset 0));
alter table members.merge_line enable row level security;
create policy with_merge on members.merge_line using (exists (select from members.merge g where g.id = merge_id offset 0))
  with check (exists (select from members.merge g where g.id = merge_id offset 0));
alter table members.look_alike enable row level security;
create policy sees_both on members.look_alike using (exists (select from members.person p where p.id = person_a offset 0) and exists (select from members.person p where p.id = person_b offset 0))
  with check (exists (select from members.person p where p.id = person_a offset 0) and exists (select from members.person p where p.id = person_b offset 0));
alter table members.twin_decision enable row level security;
create policy sees_both on members.twin_decision using (exists (select from members.person p where p.id = person_a offset 0) and exists (select from members.person p where p.id = person_b offset 0))
  with check (exists (select from members.person p where p.id = person_a offset 0) and exists (select from members.person p where p.id = person_b offset 0));

-- Points a merged row, and those merged into it before, at the person they are now; and back.
create function members.point_merged() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from members.person p where p.id in (new.kept_id, new.merged_id) order by p.id for no key update;
  if new.reverses_id is null then
    if exists (select from members.person p where p.id in (new.kept_id, new.merged_id) and p.merged_into is not null) then
      raise exception 'one of them is merged already' using errcode = 'check_violation', constraint = 'merged_once';
    end if;
    update members.person p set merged_into = new.kept_id where p.id = new.merged_id or p.merged_into = new.merged_id;
  else
    if not exists (select from members.merge g where g.id = new.reverses_id and g.reverses_id is null and g.kept_id = new.kept_id and g.merged_id = new.merged_id)
      or exists (select from members.person p where p.id = new.kept_id and p.merged_into is not null) then
      raise exception 'only a merge that stands, of somebody who is not merged since, is undone' using errcode = 'check_violation', constraint = 'merged_once';
    end if;
    with recursive under as (
      select new.merged_id as id
      union
      select g.merged_id from under u join members.merge g on g.kept_id = u.id
        where g.reverses_id is null and not exists (select from members.merge r where r.reverses_id = g.id))
    update members.person p set merged_into = nullif(new.merged_id, p.id) where p.id in (select u.id from under u);
  end if;
  return null;
end $$;
create trigger point after insert on members.merge for each row execute function members.point_merged();

-- Whether the last three digits leave room for one slip: one digit, or two neighbours swapped.
create function members.tails_near(a text, b text) returns boolean language sql immutable parallel safe
  return (substr(a, 1, 1) <> substr(b, 1, 1))::int + (substr(a, 2, 1) <> substr(b, 2, 1))::int + (substr(a, 3, 1) <> substr(b, 3, 1))::int <= 1
    or substr(a, 2, 1) || substr(a, 1, 1) || substr(a, 3, 1) = b or substr(a, 1, 1) || substr(a, 3, 1) || substr(a, 2, 1) = b;

create index on members.person (name_key, birth_year) where birth_date is null;

-- Notes whoever looks like one of these people: one folded name, births that agree. A year alone, and the first of January, which
-- lists write for a day nobody knows, agree with too many: there a second reason must stand beside. Two citizen numbers that no
-- single slip explains speak against: there only what belongs to one person alone counts, and so it does in a crowd of one name and
-- birth, of which no more than some are read.
create function members.note_look_alikes(people bigint[]) returns void language plpgsql security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into members.look_alike (person_a, person_b, reasons, weight)
    select c.person_a, c.person_b, c.reasons, c.weight from (
      select w.*, row_number() over (partition by w.asked order by w.weight desc, w.person_a, w.person_b) as place from (
        select n.id as asked, least(n.id, o.id) as person_a, greatest(n.id, o.id) as person_b,
          array_remove(array[case when r.is_day then 'birth-date' else 'birth-year' end, case when u.is_shared then 'same-union' end, r.numbers], null) || r.own as reasons,
          2 * r.is_day::int + 2 * u.is_shared::int + case when r.numbers = 'numbers-near' then 3 when r.numbers is not null then 2 else 0 end + 4 * cardinality(r.own) as weight
        from unnest(people) x(id)
        join members.person n on n.id = x.id and n.merged_into is null
        cross join lateral (select y.*, count(*) over () > 20 as is_crowd from (
          (select o.* from members.person o where o.name_key = n.name_key and o.birth_date = n.birth_date and o.id <> n.id limit 60)
          union all
          (select o.* from members.person o where o.name_key = n.name_key and o.birth_date is null
            and o.birth_year = coalesce(n.birth_year, extract(year from n.birth_date)::smallint) and o.id <> n.id limit 60)
          union all
          (select o.* from members.person o where n.birth_date is null and o.name_key = n.name_key
            and o.birth_date between make_date(n.birth_year, 1, 1) and make_date(n.birth_year, 12, 31) limit 60)) y) o
        cross join lateral (select
          coalesce(n.birth_date = o.birth_date and to_char(n.birth_date, 'MMDD') <> '0101', false) as is_day,
          case when n.identity_hash is null or o.identity_hash is null then 'one-without-number'
            when n.identity_kind <> o.identity_kind then 'citizen-and-passport'
            when members.tails_near(n.identity_tail, o.identity_tail) then 'numbers-near' end as numbers,
          array_remove(array[
            case when n.record ->> 'phone' = o.record ->> 'phone' then 'same-phone' end,
            case when n.record ->> 'cardNumber' = o.record ->> 'cardNumber' then 'same-card' end,
            case when n.record ->> 'oldIdNumber' = o.record ->> 'oldIdNumber' then 'same-old-id' end,
            case when n.record ->> 'socialInsuranceNo' = o.record ->> 'socialInsuranceNo' then 'same-insurance' end], null) as own offset 0) r
        cross join lateral (select exists (select from members.membership p join members.membership q on q.person_id = any(array[o.id]) and q.unit_id = p.unit_id
          where p.person_id = any(array[n.id])) as is_shared where r.own <> '{}' or (r.numbers is not null and not o.is_crowd) offset 0) u
        where o.merged_into is null and (r.own <> '{}' or (r.is_day and n.sex = o.sex) or u.is_shared)) w) c
    where c.place <= 20 order by c.person_a, c.person_b
  on conflict do nothing;
end $$;
revoke execute on function members.note_look_alikes(bigint[]) from public;

-- Whoever arrives is compared; a row that is merged takes no new history, its person is the other one.
create function members.note_arrivals() returns trigger language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  people bigint[] := array(select distinct f.person_id from fresh f where f.quantity = 1 and f.reverses_id is null);
begin
  if exists (select from members.person p where p.id = any(people) and p.merged_into is not null) then
    raise exception 'a merged row takes no new movements' using errcode = 'check_violation', constraint = 'merged_rests';
  end if;
  if people <> '{}' then perform members.note_look_alikes(people); end if;
  return null;
end $$;
create trigger twins after insert on members.movement referencing new table as fresh for each statement execute function members.note_arrivals();

create function members.note_statements() returns trigger language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  people bigint[] := array(select distinct f.person_id from fresh f
    where f.source <> 'registered' and f.merge_id is null and f.said ?| '{nameKey,birthDate,birthYear,phone,cardNumber,oldIdNumber,socialInsuranceNo,identityHash}');
begin
  if exists (select from members.person p where p.merged_into is not null
      and p.id = any(array(select f.person_id from fresh f where f.source <> 'registered' and f.merge_id is null))) then
    raise exception 'nothing new is said of a merged row' using errcode = 'check_violation', constraint = 'merged_rests';
  end if;
  if people <> '{}' then perform members.note_look_alikes(people); end if;
  return null;
end $$;
create trigger twins after insert on members.statement referencing new table as fresh for each statement execute function members.note_statements();

-- Pairs that wait for a human in a branch. elsewhere: the one of the pair whom the caller sees, where the other is a member out of
-- sight; of that one nothing is told.
create function members.standing_twins(asked int) returns table (id bigint, weight smallint, elsewhere bigint) language sql stable security definer set search_path = ''
  begin atomic
    with mine as materialized (
      select b.unit_id, b.ancestor_id from units.branch b where b.ancestor_id in (asked, access.my_unit()) and b.superseded_at = 'infinity'
        and b.valid_from <= access.today() and access.today() < b.valid_to and units.in_my_branch(asked)),
    pairs as (
      select l.*, access.sees_all() or l.person_a in (select m.person_id from members.membership m where m.person_id = any(array[l.person_a])
            and m.unit_id in (select i.unit_id from mine i where i.ancestor_id = access.my_unit())) as sees_a,
        access.sees_all() or l.person_b in (select m.person_id from members.membership m where m.person_id = any(array[l.person_b])
            and m.unit_id in (select i.unit_id from mine i where i.ancestor_id = access.my_unit())) as sees_b
      from members.look_alike l join members.person a on a.id = l.person_a join members.person b on b.id = l.person_b
      where a.merged_into is null and b.merged_into is null
        -- One row a pair; and what was noted is asked again, since a name may have been corrected.
        and (l.is_by_hand or (a.name_key = b.name_key
          and coalesce(a.birth_date = b.birth_date, coalesce(a.birth_year, extract(year from a.birth_date)) = coalesce(b.birth_year, extract(year from b.birth_date)))
          and not exists (select from members.look_alike h where h.person_a = l.person_a and h.person_b = l.person_b and h.is_by_hand)))
        and not exists (select from members.twin_decision d where d.person_a = l.person_a and d.person_b = l.person_b and d.reverses_id is null
          and not exists (select from members.twin_decision r where r.reverses_id = d.id))
        and (exists (select from members.membership m where m.person_id = any(array[l.person_a]) and m.unit_id in (select i.unit_id from mine i where i.ancestor_id = asked))
          or exists (select from members.membership m where m.person_id = any(array[l.person_b]) and m.unit_id in (select i.unit_id from mine i where i.ancestor_id = asked))))
    select p.id, p.weight, case when not p.sees_a then p.person_b when not p.sees_b then p.person_a end
    from pairs p
    where (p.sees_a and p.sees_b) or ((p.sees_a or p.sees_b)
      and (exists (select from members.membership m where m.person_id = any(array[case when p.sees_a then p.person_b else p.person_a end]) and m.closed_by is null)
        or exists (select from members.leg g where g.person_id = case when p.sees_a then p.person_b else p.person_a end and g.closed_by is null)));
  end;
