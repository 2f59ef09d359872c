-- A person's whole history: movements in whatever order they are recorded, transfers in two legs, suspensions; and the record of
-- a person as what was said of them, statement by statement, so that any of it can be taken back.

-- Movements. Suspending and resuming change no stock, nor does the end of somebody who was on the road: their quantity is 0.
alter table members.movement drop constraint movement_kind_check, drop constraint movement_quantity_check, drop constraint arrives_or_departs;
alter table members.movement
  add column other_unit_id int references units.unit,
  add column cause text check (cause in ('death', 'prison', 'unit_ended', 'left_field', 'job_loss', 'employer_stopped', 'hardship', 'other')),
  add column import_id bigint references imports.import,
  add constraint movement_kind_check check (kind in ('opening', 'admitted', 'received', 'sent', 'suspended', 'resumed', 'left', 'expelled', 'ended')),
  add constraint movement_quantity_check check (quantity in (1, 0, -1)),
  add constraint arrives_or_departs check (reverses_id is not null or case
    when kind in ('opening', 'admitted', 'received') then quantity = 1
    when kind = 'sent' then quantity = -1
    when kind in ('suspended', 'resumed') then quantity = 0
    else quantity in (-1, 0) end),
  add constraint another_unit check (other_unit_id <> unit_id);
comment on column members.movement.other_unit_id is 'Where a member is sent to or was received from; null when it is outside the federation or not known yet.';
comment on column members.movement.cause is 'Why membership ended or rests: HD 38/HD-TLĐ (2024), mục 2; structural causes are kept apart from leaving.';
create index on members.movement (import_id) where import_id is not null;
create index on members.movement (reverses_id) where reverses_id is not null;

create table members.leg (
  id           bigint generated always as identity primary key,
  person_id    bigint not null references members.person,
  from_unit_id int not null references units.unit,
  to_unit_id   int references units.unit,
  during       daterange not null check (not isempty(during)),
  opened_by    bigint not null references members.movement,
  closed_by    bigint references members.movement,
  constraint one_road_at_a_time exclude using gist (person_id with =, during with &&)
);
comment on table members.leg is 'Members on the road: sent and not yet received, folded from the ledger by trigger. Members in unions + open legs = people who are members, on every day.';
create index on members.leg (from_unit_id) where closed_by is null;
create index on members.leg (to_unit_id) where closed_by is null;
create index on members.leg (person_id);
create index on members.leg (opened_by);
create index on members.leg (closed_by) where closed_by is not null;
alter table members.leg enable row level security;
create policy either_end on members.leg for select using ((select access.sees_all()) or units.in_my_branch(from_unit_id) or units.in_my_branch(to_unit_id));
grant select on members.leg to ket_doan_app;
select ledger.audit('members.leg', 'id');

create table members.suspension (
  id        bigint generated always as identity primary key,
  person_id bigint not null references members.person,
  unit_id   int not null references units.unit,
  during    daterange not null check (not isempty(during)),
  opened_by bigint not null references members.movement,
  closed_by bigint references members.movement,
  constraint one_suspension_at_a_time exclude using gist (person_id with =, during with &&)
);
comment on table members.suspension is 'When a member rested from union life (no dues), folded from the ledger by trigger. They stay members and stay counted.';
create index on members.suspension (unit_id) where closed_by is null;
create index on members.suspension (person_id);
create index on members.suspension (opened_by);
create index on members.suspension (closed_by) where closed_by is not null;
select ledger.fence('members.suspension', 'unit_id');
grant select on members.suspension to ket_doan_app;
select ledger.audit('members.suspension', 'id');

-- The standing movement of the same person that comes next after one: within a day a departure comes first and an arrival last.
create function members.next_of(movement bigint) returns table (id bigint, occurred_on date) language sql stable security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  begin atomic
    select n.id, n.occurred_on from members.movement m join members.movement n on n.person_id = m.person_id
    where m.id = movement and n.reverses_id is null and n.kind not in ('suspended', 'resumed')
      and (n.occurred_on, n.quantity, n.id) > (m.occurred_on, m.quantity, m.id) and not exists (select from members.movement r where r.reverses_id = n.id)
    order by n.occurred_on, n.quantity, n.id limit 1;
  end;

-- The first movement of these people that cannot follow the one before it; no row when their histories are possible.
create function members.impossible(people bigint[]) returns table (id bigint) language sql stable security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  begin atomic
    select c.id from (
      select m.id, m.occurred_on, m.quantity, m.kind, m.unit_id, lag(m.id) over w as before, lag(m.quantity) over w as before_quantity,
        lag(m.kind) over w as before_kind, lag(m.unit_id) over w as before_unit, lag(m.occurred_on) over w as before_on
      from members.movement m
      where m.person_id = any(people) and m.reverses_id is null and m.kind not in ('suspended', 'resumed')
        and not exists (select from members.movement r where r.reverses_id = m.id)
      window w as (partition by m.person_id order by m.occurred_on, m.quantity, m.id)) c
    where not coalesce(case c.quantity
      when 1 then c.before is null or (c.before_quantity < 1 and (c.before_kind <> 'sent' or c.kind = 'received'))
      when -1 then c.before_quantity = 1 and c.before_unit = c.unit_id and c.before_on < c.occurred_on
      else c.before_kind = 'sent' and c.before_unit = c.unit_id and c.before_on < c.occurred_on end, false)
    order by c.occurred_on, c.id limit 1;
  end;

-- Folds the ledger into memberships, legs and suspensions. The state is a function of the standing movements, whatever order they
-- were recorded in. Somebody who comes for the first time needs no fold: there the exclusion constraint alone stands guard.
create or replace function members.pair() returns trigger language plpgsql security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  touched bigint[];
  wrong bigint;
begin
  select array_agg(distinct f.person_id) into touched from fresh f
    where f.quantity <> 1 or f.reverses_id is not null or exists (select from members.movement m where m.person_id = f.person_id and m.id <> f.id);
  insert into members.membership (person_id, unit_id, during, opened_by)
    select f.person_id, f.unit_id, daterange(f.occurred_on, null), f.id from fresh f where touched is null or f.person_id <> all(touched) order by f.id;
  if touched is null then return null; end if;

  -- Lock first, ask in the next statement.
  perform 1 from members.person p where p.id = any(touched) order by p.id for no key update;
  select i.id into wrong from members.impossible(touched) i;

  if wrong is null then
    delete from members.suspension x where x.person_id = any(touched);
    delete from members.membership x where x.id in (
      select m.id from unnest(touched) t(person) join members.membership m on m.person_id = any(array[t.person])
        join members.movement a on a.id = m.opened_by left join lateral members.next_of(a.id) n on true
      where exists (select from members.movement r where r.reverses_id = a.id)
        or m.during <> daterange(a.occurred_on, n.occurred_on) or m.closed_by is distinct from n.id);
    insert into members.membership (person_id, unit_id, during, opened_by, closed_by)
      select a.person_id, a.unit_id, daterange(a.occurred_on, n.occurred_on), a.id, n.id
      from unnest(touched) t(person) join members.movement a on a.person_id = t.person left join lateral members.next_of(a.id) n on true
      where a.quantity = 1 and a.reverses_id is null and not exists (select from members.movement r where r.reverses_id = a.id)
        and not exists (select from members.membership m where m.opened_by = a.id);
    delete from members.leg x where x.id in (
      select l.id from unnest(touched) t(person) join members.leg l on l.person_id = t.person
        join members.movement a on a.id = l.opened_by left join lateral members.next_of(a.id) n on true
      where exists (select from members.movement r where r.reverses_id = a.id)
        or l.during <> daterange(a.occurred_on, n.occurred_on) or l.closed_by is distinct from n.id);
    -- A leg of no day - sent and received on one and the same - is no time on the road.
    insert into members.leg (person_id, from_unit_id, to_unit_id, during, opened_by, closed_by)
      select a.person_id, a.unit_id, a.other_unit_id, daterange(a.occurred_on, n.occurred_on), a.id, n.id
      from unnest(touched) t(person) join members.movement a on a.person_id = t.person left join lateral members.next_of(a.id) n on true
      where a.kind = 'sent' and a.reverses_id is null and not exists (select from members.movement r where r.reverses_id = a.id)
        and (n.occurred_on is null or n.occurred_on > a.occurred_on) and not exists (select from members.leg l where l.opened_by = a.id);
    -- A suspension ends with its resumption, or with the membership.
    insert into members.suspension (person_id, unit_id, during, opened_by, closed_by)
      select a.person_id, a.unit_id, daterange(a.occurred_on, n.occurred_on), a.id, n.id
      from unnest(touched) t(person) join members.movement a on a.person_id = t.person left join lateral (
        select e.id, e.occurred_on from members.movement e where e.person_id = a.person_id and (e.kind = 'resumed' or e.quantity = -1) and e.reverses_id is null
          and e.occurred_on > a.occurred_on and not exists (select from members.movement r where r.reverses_id = e.id)
        order by e.occurred_on, e.kind = 'resumed' desc, e.id limit 1) n on true
      where a.kind = 'suspended' and a.reverses_id is null and not exists (select from members.movement r where r.reverses_id = a.id);
    select a.id into wrong from unnest(touched) t(person) join members.movement a on a.person_id = t.person
      where a.kind in ('suspended', 'resumed') and a.reverses_id is null and not exists (select from members.movement r where r.reverses_id = a.id)
        and not exists (select from members.membership m where m.person_id = any(array[a.person_id]) and m.unit_id = a.unit_id and m.during @> a.occurred_on
          and (a.kind = 'suspended' or exists (select from members.suspension s where s.closed_by = a.id)))
      limit 1;
  end if;
  if wrong is not null then
    raise exception 'movement % cannot follow the one before it', wrong using errcode = 'check_violation', constraint = 'history_possible';
  end if;
  return null;
end $$;

drop function members.later_movement(bigint);

-- Everybody's standing movements, for whoever must judge whether a history stays possible; units outside the branch are not named.
create function members.standing(people bigint[]) returns table (id bigint, person_id bigint, unit_id int, unit_name text, kind text, quantity smallint, occurred_on date)
  language sql stable security definer set search_path = ''
  begin atomic
    select m.id, m.person_id, m.unit_id, case when units.in_my_branch(m.unit_id) then u.name end, m.kind, m.quantity, m.occurred_on
    from members.movement m join units.unit u on u.id = m.unit_id
    where m.person_id = any(people) and m.reverses_id is null and not exists (select from members.movement r where r.reverses_id = m.id)
    order by m.person_id, m.occurred_on, m.quantity, m.id;
  end;

-- Locks people before anybody asks where they are.
create function members.lock_people(people bigint[]) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from members.person p where p.id = any(people) order by p.id for no key update;
end $$;

-- Whoever expects a member on the road sees the person.
drop policy own_branch on members.person;
create policy own_branch on members.person for select using ((select access.sees_all())
  or exists (select from members.membership m where m.person_id = any(array[person.id]) offset 0)
  or exists (select from members.leg l where l.person_id = person.id and l.closed_by is null offset 0));

-- A union that may not see a person asks the union they belong to for a transfer; it learns no more than the answer.
create table members.transfer_request (
  id          bigint generated always as identity primary key,
  person_id   bigint not null references members.person,
  unit_id     int not null references units.unit,
  on_day      date not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account
);
comment on table members.transfer_request is 'A union asks for a member who belongs elsewhere. Append-only: the answer is a row of its own.';
create index on members.transfer_request (unit_id, id);
create index on members.transfer_request (person_id);
create table members.transfer_answer (
  request_id  bigint primary key references members.transfer_request,
  movement_id bigint references members.movement,
  reason      text,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  constraint sent_or_refused check ((movement_id is null) = (reason is not null))
);
comment on table members.transfer_answer is 'What became of a request: the member was sent, or the request was refused and why. Append-only.';
select ledger.append_only('members.transfer_request'), ledger.append_only('members.transfer_answer');
alter table members.transfer_request enable row level security;
-- Asked by my branch, or about somebody who is or was a member of my branch.
create policy either_end on members.transfer_request for select using (units.in_my_branch(unit_id)
  or exists (select from members.membership m where m.person_id = any(array[transfer_request.person_id]) offset 0));
create policy ask on members.transfer_request for insert with check (units.in_my_branch(unit_id));
alter table members.transfer_answer enable row level security;
create policy with_request on members.transfer_answer using (exists (select from members.transfer_request q where q.id = request_id offset 0))
  with check (exists (select from members.transfer_request q where q.id = request_id offset 0));
grant select, insert on members.transfer_request, members.transfer_answer to ket_doan_app;
select ledger.audit('members.transfer_request', 'id'), ledger.audit('members.transfer_answer', 'request_id');
revoke execute on function members.next_of(bigint) from public;
revoke execute on function members.impossible(bigint[]) from public;

-- What kind of unit an id is, for whoever sends a member there: no more than that.
create function units.kind_of(unit bigint) returns table (id int, kind text) language sql stable security definer set search_path = ''
  begin atomic
    select u.id, u.kind from units.unit u where u.id = unit;
  end;

insert into units.rule_value (key, value, valid_from, legal_basis) values
  ('suspension_job_loss_months', 12, '2024-01-01', 'HD 38/HD-TLĐ (2024), mục 2.2'),
  ('foreigner_contract_months', 12, '2025-07-01', 'Luật Công đoàn 50/2024/QH15, Điều 5'),
  ('managers_barred', 1, '2024-01-01', 'HD 38/HD-TLĐ (2024), mục 1; Luật Công đoàn 50/2024/QH15, Điều 5'),
  ('admission_upper_working_days', 10, '2024-01-01', 'HD 38/HD-TLĐ (2024), mục 3.1');

-- Requests about a branch, those that wait first. Names go to whoever sees the person, and back to whoever said the name in asking.
create function members.transfer_requests(asked int) returns table (id bigint, direction text, "personId" bigint, "fullName" text, "askedBy" text, holder json,
    "on" date, "askedAt" timestamptz, answer text, reason text)
  language sql stable security definer set search_path = ''
  begin atomic
    with branch as (select b.unit_id from units.branch b where b.ancestor_id = asked and b.superseded_at = 'infinity'
      and b.valid_from <= access.today() and access.today() < b.valid_to and units.in_my_branch(asked))
    select q.id, case when q.unit_id in (select * from branch) then 'out' else 'in' end,
      case when units.in_my_branch(m.unit_id) then p.id end, p.full_name, u.name,
      case when units.in_my_branch(m.unit_id) then (select json_build_object('id', h.id::text, 'code', h.code, 'name', h.name, 'kind', h.kind) from units.unit h where h.id = m.unit_id) end,
      q.on_day, q.recorded_at, case when a.request_id is null then null when a.movement_id is null then 'refused' else 'sent' end, a.reason
    from members.transfer_request q
    join members.person p on p.id = q.person_id
    join units.unit u on u.id = q.unit_id
    left join members.transfer_answer a on a.request_id = q.id
    left join lateral (select x.unit_id from members.membership x where x.person_id = q.person_id
      and (x.closed_by is null or x.closed_by = a.movement_id) order by lower(x.during) desc limit 1) m on true
    where q.unit_id in (select * from branch) or m.unit_id in (select * from branch)
    order by a.request_id is not null, q.id desc limit 200;
  end;
