-- The monthly list of an employer's staff against the members of its union: what each row means, who is no longer on it, and what
-- was accepted of it. Nothing is written to the register before a row is accepted.
alter table members.import_row
  alter column typed_sealed drop not null,
  add column is_added boolean not null default false,
  add column picked_id bigint,
  add column is_said_new boolean not null default false,
  add column candidates bigint[],
  add column to_unit_id int,
  add column proposal text check (proposal in ('write', 'invite', 'receive', 'ask', 'end', 'leave', 'send')),
  add column act text check (act in ('write', 'invite', 'receive', 'ask', 'end', 'leave', 'send', 'none')),
  add column done_by int;
comment on column members.import_row.is_added is 'Not of the file: a member who is missing in it.';
comment on column members.import_row.picked_id is 'The person somebody chose for an unclear row; is_said_new: somebody said that it is none of the candidates.';
comment on column members.import_row.proposal is 'What accepting the row does; null: nothing. act: what was done when it was accepted.';
create index on members.import_row (person_id) where person_id is not null and verdict = 'elsewhere';

create table members.invitation (
  id            bigint generated always as identity primary key,
  unit_id       int not null references units.unit,
  import_id     bigint not null references imports.import,
  person_id     bigint references members.person,
  full_name     text not null,
  name_key      text not null,
  birth_date    date,
  birth_year    smallint,
  identity_hash bytea,
  identity_tail text,
  typed_sealed  bytea not null,
  on_day        date not null,
  recorded_at   timestamptz not null default ledger.instant(),
  recorded_by   int default access.me() references access.account
);
comment on table members.invitation is 'Append-only. A worker on a staff list who is asked to join: no member before they apply. What was typed is sealed.';
create index on members.invitation (unit_id, id);
create index on members.invitation (import_id);
create index on members.invitation (identity_hash) where identity_hash is not null;
select ledger.append_only('members.invitation');
select ledger.fence('members.invitation', 'unit_id');
grant select, insert on members.invitation to ket_doan_app;
select ledger.audit('members.invitation', 'id');

create table members.invitation_step (
  id            bigint generated always as identity primary key,
  invitation_id bigint not null references members.invitation,
  step          text not null check (step in ('opened', 'declined', 'withdrawn')),
  reason        text,
  recorded_at   timestamptz not null default ledger.instant(),
  recorded_by   int default access.me() references access.account
);
comment on table members.invitation_step is 'Append-only. What became of an invitation: opened to fill in the admission, with the number in clear; declined by the worker; withdrawn with its list.';
create index on members.invitation_step (invitation_id, id);
create unique index ends_once on members.invitation_step (invitation_id) where step in ('declined', 'withdrawn');
select ledger.append_only('members.invitation_step');
alter table members.invitation_step enable row level security;
create policy with_invitation on members.invitation_step using (exists (select from members.invitation i where i.id = invitation_id offset 0))
  with check (exists (select from members.invitation i where i.id = invitation_id offset 0));
grant select, insert on members.invitation_step to ket_doan_app;
select ledger.audit('members.invitation_step', 'id');

-- Whoever joined the union since they were invited, by their number or by name and birth; null while nobody did.
create function members.joined_by(invitation bigint) returns bigint language sql stable security definer set search_path = ''
  begin atomic
    select m.person_id from members.invitation i
    join members.person p on p.id = i.person_id or p.identity_hash = i.identity_hash
      or (p.name_key = i.name_key and members.births_agree(p.birth_date, p.birth_year, i.birth_date, i.birth_year) and (p.identity_hash is null or i.identity_hash is null))
    join members.membership m on m.person_id = any(array[coalesce(p.merged_into, p.id)]) and m.unit_id = i.unit_id
    join members.movement a on a.id = m.opened_by and a.recorded_at >= i.recorded_at
    where i.id = invitation and units.in_my_branch(i.unit_id) limit 1;
  end;

alter table members.transfer_request add column import_id bigint references imports.import;
create index on members.transfer_request (import_id) where import_id is not null;

alter table members.undo_line
  drop constraint undo_line_what_check,
  alter column person_id drop not null,
  add column invitation_id bigint references members.invitation,
  add constraint undo_line_what_check check (what in ('movement', 'fields', 'invitation', 'request')),
  add constraint of_somebody check (person_id is not null or invitation_id is not null);

-- Whether a row has more wrong than an empty birth or sex: those a member is known without.
create function members.has_hard_faults(faults jsonb) returns boolean language sql immutable parallel safe
  return exists (select from jsonb_array_elements(coalesce(faults, '[]')) f
    where not (f ->> 'name' in ('not-a-sex', 'not-a-birth-date') and coalesce(f -> 'facts' ->> 'value', '') = ''));

-- Members of a union on a day, and those who came since.
create function members.staff_of(unit int, day date) returns table (person_id bigint, name_key text, given_key text, birth_date date, birth_year smallint,
    identity_hash bytea, identity_tail text, is_on_day boolean, is_open boolean) language sql stable security definer set search_path = ''
  begin atomic
    select distinct on (m.person_id) m.person_id, p.name_key, p.given_key, p.birth_date, p.birth_year, p.identity_hash, p.identity_tail, m.during @> day, m.closed_by is null
    from members.membership m join members.person p on p.id = m.person_id
    where m.unit_id = unit and (m.during @> day or m.closed_by is null) order by m.person_id, m.closed_by is null desc;
  end;
revoke execute on function members.staff_of(int, date) from public;

-- What each row of a staff list means, as the register is now. rules: values of the law on the day; roles: which job, as it is
-- written in the list, is a management role; covered: workplaces whose people the list is about, null when it is about everybody.
create function members.judge_staff(import bigint, only_lines int[], day date, rules jsonb, roles jsonb, covered text[]) returns void
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  unit int := members.import_unit(import);
begin
  perform members.name_rows(import, only_lines, unit, day);

  -- What each row is, and what accepting it would do.
  with asked as (select q.person_id from members.transfer_request q where q.unit_id = unit and not exists (select from members.transfer_answer a where a.request_id = q.id)),
  judged as (
    select s.line, v.verdict, w.refusals, case when v.verdict = 'changed' then d.changes end as changes, m.unit_id as now_unit,
      case v.verdict when 'changed' then 'write' when 'arrives' then 'receive'
        when 'ineligible' then case when here.is_open then 'end' end
        when 'elsewhere' then case when m.unit_id is not null and k.is_asked is null then 'ask' end
        when 'new' then case when i.invited_on is null and w.refusals is null then 'invite' end end as proposal,
      (select jsonb_agg(n.note) from (values
        (p.sex <> s.sex and here.person_id is not null, '{"name": "sex-differs"}'::jsonb),
        (v.verdict in ('same', 'changed', 'ineligible') and s.birth_date is null and s.birth_year is null and s.identity_hash is null and s.picked_id is null, '{"name": "by-name-alone"}'),
        (not here.is_open, '{"name": "gone-since"}'),
        (v.verdict = 'new' and i.invited_on is not null, jsonb_build_object('name', case when i.is_declined then 'declined' else 'invited' end, 'facts', jsonb_build_object('on', i.invited_on))),
        (v.verdict = 'new' and c.left_on is not null, jsonb_build_object('name', 'was-member', 'facts', jsonb_build_object('until', c.left_on))),
        (v.verdict = 'elsewhere' and k.is_asked, '{"name": "asked"}'),
        (v.verdict = 'elsewhere' and m.unit_id is null, '{"name": "on-another-road"}')) n(is_so, note) where n.is_so) as notes
    from members.import_row s
    left join members.person p on p.id = s.person_id
    left join members.staff_of(unit, day) here on here.person_id = s.person_id
    left join lateral (select o.unit_id from members.membership o where o.person_id = any(array[p.id]) and o.closed_by is null) m on true
    left join lateral (select g.id, g.to_unit_id, units.in_my_branch(g.from_unit_id) as is_ours from members.leg g where g.person_id = p.id and g.closed_by is null) l on true
    left join lateral (select upper(o.during) as left_on, x.kind from members.membership o join members.movement x on x.id = o.closed_by
      where o.person_id = any(array[p.id]) order by upper(o.during) desc limit 1) c on true
    left join lateral (select true as is_asked from asked a where a.person_id = p.id limit 1) k on true
    left join lateral (select n.on_day as invited_on, exists (select from members.invitation_step t where t.invitation_id = n.id and t.step = 'declined') as is_declined from members.invitation n
      where n.unit_id = unit and n.import_id <> import and (n.person_id = p.id or n.identity_hash = s.identity_hash
          or (n.name_key = s.name_key and members.births_agree(n.birth_date, n.birth_year, s.birth_date, s.birth_year) and (n.identity_hash is null or s.identity_hash is null)))
        and not exists (select from members.invitation_step t where t.invitation_id = n.id and t.step = 'withdrawn') and members.joined_by(n.id) is null order by n.id desc limit 1) i on true
    cross join lateral (select coalesce(s.said ->> 'managementRole', roles ->> (s.said ->> 'job'), p.record ->> 'managementRole', 'none') as role,
      coalesce(nullif(s.citizenship, 'VN'), p.citizenship, 'VN') <> 'VN' as is_foreign, coalesce(s.said ->> 'contractType', p.record ->> 'contractType', '') as contract,
      coalesce(s.said ->> 'contractMonths', p.record ->> 'contractMonths')::int as months, coalesce(s.birth_date, make_date(s.birth_year, 1, 1)) as born) e
    cross join lateral (
      select jsonb_agg(x.refusal) as refusals, bool_or(x.bars) as bars from (values
        (s.refusals is not null, false, s.refusals -> 0),
        ((rules ->> 'managersBarred')::int = 1 and e.role <> 'none', true,
          jsonb_build_object('name', 'managers-barred', 'facts', jsonb_build_object('name', s.full_name, 'role', e.role, 'law', rules ->> 'managersLaw'))),
        (e.is_foreign and e.contract <> 'indefinite' and e.months < (rules ->> 'foreignerMonths')::int, true,
          jsonb_build_object('name', 'foreigner-contract-short', 'facts', jsonb_build_object('name', s.full_name, 'months', (rules ->> 'foreignerMonths')::int, 'law', rules ->> 'foreignerLaw'))),
        (here.person_id is null and m.unit_id is null and e.born > day - make_interval(years => (rules ->> 'ageMin')::int), true,
          jsonb_build_object('name', 'too-young', 'facts', jsonb_build_object('name', s.full_name, 'min', (rules ->> 'ageMin')::int))),
        (m.unit_id is null and l.id is null and c.kind in ('left', 'expelled') and here.person_id is null
            and access.today() < c.left_on + make_interval(months => (rules ->> 'rejoinMonths')::int), false,
          jsonb_build_object('name', 'rejoins-too-soon', 'facts', jsonb_build_object('name', s.full_name, 'leftOn', c.left_on,
            'from', (c.left_on + make_interval(months => (rules ->> 'rejoinMonths')::int))::date, 'law', rules ->> 'rejoinLaw')))
      ) x(is_so, bars, refusal) where x.is_so) w
    left join lateral (
      select jsonb_object_agg(f.field, jsonb_build_object('was', f.was, 'now', f.now)) as changes from (
        select 'fullName' as field, to_jsonb(p.full_name) as was, to_jsonb(s.full_name) as now
          where p.full_name <> s.full_name and (octet_length(s.full_name) > char_length(s.full_name) or p.name_key <> s.name_key)
        union all select 'birthDate', to_jsonb(coalesce(p.birth_date::text, p.birth_year::text)), to_jsonb(s.birth_date)
          where s.birth_date is not null and p.birth_date is distinct from s.birth_date
        union all select 'identityNumber', null, to_jsonb(s.identity_tail) where p.identity_hash is null and s.identity_hash is not null
          and not exists (select from members.person other where other.identity_hash = s.identity_hash)
        union all select j.key, p.record -> j.key, j.value from jsonb_each(s.said) j
          where coalesce(j.value -> 'match', j.value) is distinct from coalesce(p.record -> j.key -> 'match', p.record -> j.key)) f
      where here.is_open) d on true
    cross join lateral (select case
        when s.refusals is not null or s.candidates is not null then 'unclear'
        when s.person_id is null and members.has_hard_faults(s.faults) then 'unclear'
        when s.person_id is null and s.birth_date is null and s.birth_year is null and not s.is_said_new then 'unclear'
        when w.bars and here.is_open is not false then 'ineligible'
        when here.person_id is not null then case when d.changes is null then 'same' else 'changed' end
        when m.unit_id is not null then 'elsewhere'
        when l.id is not null then case when l.to_unit_id = unit or (l.to_unit_id is null and l.is_ours) then 'arrives' else 'elsewhere' end
        else 'new' end as verdict) v
    where s.import_id = import and not s.is_added and s.done_at is null and (only_lines is null or s.line = any(only_lines))
  )
  update members.import_row r set verdict = j.verdict, proposal = j.proposal, refusals = j.refusals, changes = j.changes, notes = j.notes,
    where_now = case when j.verdict = 'elsewhere' and units.in_my_branch(j.now_unit) then (select u.name from units.unit u where u.id = j.now_unit) end
  from judged j where r.import_id = import and r.line = j.line;

  perform members.add_missing(import, only_lines, unit, day, covered);
end $$;

-- Whom each row names: the person somebody picked; the one with its number, if the name and the birth agree; the only member of that
-- name and birth; where the list says no more, the only member of that name. Else those of the members it may be, who nobody else is.
create function members.name_rows(import bigint, only_lines int[], unit int, day date) returns void
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
begin
  with here as materialized (select * from members.staff_of(unit, day)),
  bearers as (
    select h.name_key, min(h.person_id) as person_id from here h
    join (select r.name_key from members.import_row r where r.import_id = import and not r.is_added group by 1 having count(*) = 1) o on o.name_key = h.name_key
    group by 1 having count(*) = 1
  ), alike as (
    select s.line, min(h.person_id) as person_id, count(*) as how_many
    from members.import_row s join here h on h.name_key = s.name_key and members.births_agree(h.birth_date, h.birth_year, s.birth_date, s.birth_year)
      and (s.identity_hash is null or h.identity_hash is null)
    where s.import_id = import and not s.is_added group by s.line
  ), named as (
    select s.line, t.is_taken, h.id as holder,
      coalesce(k.id, case when h.id is not null then case when not t.is_taken then h.id end
        when s.is_said_new then null
        when a.how_many = 1 then a.person_id
        when s.birth_date is null and s.birth_year is null and s.identity_hash is null and not members.has_hard_faults(s.faults) then b.person_id end) as person_id,
      case when a.how_many > 1 and h.id is null then a.how_many end as alike
    from members.import_row s
    left join lateral (select coalesce(i.merged_into, i.id) as id from members.person i where i.id = s.picked_id) k on true
    left join lateral (select q.* from members.person i join members.person q on q.id = coalesce(i.merged_into, i.id) where i.identity_hash = s.identity_hash) h on true
    cross join lateral (select h.name_key = coalesce(s.name_key, h.name_key) as name_fits,
      coalesce(members.births_agree(h.birth_date, h.birth_year, s.birth_date, s.birth_year), true) as birth_fits) o
    cross join lateral (select h.id is not null and not (o.name_fits and o.birth_fits) as is_taken) t
    left join alike a on a.line = s.line
    left join bearers b on b.name_key = s.name_key
    where s.import_id = import and not s.is_added and s.done_at is null and (only_lines is null or s.line = any(only_lines))
  )
  update members.import_row r set person_id = n.person_id,
    candidates = null,
    refusals = case when n.person_id is null and n.is_taken then
        jsonb_build_array(jsonb_build_object('name', 'another-person-here', 'facts', jsonb_build_object('name', coalesce((select p.full_name from members.person p
          where p.id = n.holder and exists (select from here where here.person_id = p.id)), '•••'))))
      when n.person_id is null and n.alike > 1 and not r.is_said_new then
        jsonb_build_array(jsonb_build_object('name', 'several-alike', 'facts', jsonb_build_object('name', r.full_name, 'count', n.alike))) end
  from named n where r.import_id = import and r.line = n.line;

  -- The same person in two rows: the second is not taken for anybody.
  with twins as (
    select r.line, first_value(r.line) over (partition by coalesce(r.person_id::text, encode(r.identity_hash, 'hex'), r.name_key || '/' || coalesce(r.birth_date::text, r.birth_year::text))
      order by r.done_at nulls last, r.picked_id nulls last, r.line) as first_line
    from members.import_row r where r.import_id = import and not r.is_added and coalesce(r.act, '') <> 'none' and (r.person_id is not null or not members.has_hard_faults(r.faults))
      and coalesce(r.person_id::text, encode(r.identity_hash, 'hex'), r.name_key || '/' || coalesce(r.birth_date::text, r.birth_year::text)) is not null
  )
  update members.import_row r set person_id = null, candidates = null,
    refusals = jsonb_build_array(jsonb_build_object('name', 'twice-in-list', 'facts', jsonb_build_object('name', coalesce(r.full_name, ''), 'first', t.first_line)))
  from twins t where r.import_id = import and r.line = t.line and t.first_line <> t.line and r.done_at is null and (only_lines is null or r.line = any(only_lines));

  -- Members whom no row names may be behind a row that names nobody: by the number; by name, unless number and birth both say no; by
  -- birth and given name.
  with free as materialized (
    select h.* from members.staff_of(unit, day) h
    where not exists (select from members.import_row r where r.import_id = import and not r.is_added and r.person_id = h.person_id)
  ), nobody as materialized (
    select s.* from members.import_row s
    where s.import_id = import and not s.is_added and s.done_at is null and s.person_id is null and s.candidates is null and not s.is_said_new
      and coalesce(s.refusals -> 0 ->> 'name', '') <> 'twice-in-list' and (only_lines is null or s.line = any(only_lines))
  ), possible as (
    select y.line, array_agg(y.person_id order by y.weight desc, y.person_id) as people from (
      select x.line, x.person_id, max(x.weight) as weight from (
        select s.line, f.person_id, 3 as weight from nobody s join members.person i on i.identity_hash = s.identity_hash join free f on f.person_id = coalesce(i.merged_into, i.id)
          where f.name_key = s.name_key or members.births_agree(f.birth_date, f.birth_year, s.birth_date, s.birth_year)
        union all
        select s.line, f.person_id, 2 from nobody s join free f on f.name_key = s.name_key
          where not (f.identity_hash is not null and s.identity_hash is not null and coalesce(not members.births_agree(f.birth_date, f.birth_year, s.birth_date, s.birth_year), false))
        union all
        select s.line, f.person_id, 1 from nobody s join free f on f.birth_date = s.birth_date
          where split_part(f.given_key, ' ', 1) = substring(s.name_key from '[^ ]+$')) x
      group by 1, 2) y
    group by 1
  )
  update members.import_row r set candidates = p.people[1:8] from possible p where r.import_id = import and r.line = p.line;
end $$;
revoke execute on function members.name_rows(bigint, int[], int, date) from public;

-- Members who are not on the list. Whoever an unclear row may be is not missing. Somebody whom another union asked for, or who stands
-- on the list of another employer, has moved there.
create function members.missing_on(import bigint, unit int, day date, covered text[]) returns table (person_id bigint, to_unit_id int, suspended_since date)
  language sql stable security definer set search_path = ''
  begin atomic
    select h.person_id, coalesce(q.unit_id, o.unit_id), x.since
    from members.staff_of(unit, day) h
    left join lateral (select q.unit_id from members.transfer_request q where q.person_id = h.person_id and q.unit_id <> unit
      and not exists (select from members.transfer_answer a where a.request_id = q.id) order by q.id desc limit 1) q on true
    left join lateral (select i.unit_id from members.import_row r join imports.import i on i.id = r.import_id
      where r.person_id = h.person_id and r.verdict = 'elsewhere' and i.purpose = 'staff_list' and i.state = 'ready' and i.unit_id <> unit
        and (i.settings ->> 'on')::date >= day and units.in_my_branch(i.unit_id) order by i.id desc limit 1) o on true
    left join lateral (select lower(s.during) as since from members.suspension s where s.person_id = h.person_id and s.unit_id = unit and s.closed_by is null) x on true
    where h.is_on_day and h.is_open
      and not exists (select from members.import_row r where r.import_id = import and r.person_id = h.person_id and not r.is_added)
      and not exists (select from members.import_row r where r.import_id = import and r.verdict = 'unclear' and r.done_at is null and h.person_id = any(r.candidates))
      and (covered is null or (select p.record ->> 'workplace' from members.person p where p.id = h.person_id) = any(covered));
  end;
revoke execute on function members.missing_on(bigint, int, date, text[]) from public;

create function members.add_missing(import bigint, only_lines int[], unit int, day date, covered text[]) returns void
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  -- Lines past the end of any file.
  beyond constant int := 1000000000;
begin
  delete from members.import_row r where r.import_id = import and r.is_added and r.done_at is null and (only_lines is null or r.line = any(only_lines))
    and r.person_id not in (select m.person_id from members.missing_on(import, unit, day, covered) m);
  if only_lines is null then
    insert into members.import_row (import_id, line, is_added, person_id, full_name, name_key, birth_date, birth_year, identity_tail)
      select import, greatest(beyond, (select max(r.line) from members.import_row r where r.import_id = import)) + row_number() over (order by p.given_key, p.id),
        true, p.id, p.full_name, p.name_key, p.birth_date, p.birth_year, p.identity_tail
      from members.missing_on(import, unit, day, covered) m join members.person p on p.id = m.person_id
      where not exists (select from members.import_row r where r.import_id = import and r.is_added and r.person_id = m.person_id);
  end if;
  update members.import_row r set verdict = case when m.to_unit_id is null then 'gone' else 'moved' end, proposal = case when m.to_unit_id is null then 'leave' else 'send' end,
    to_unit_id = m.to_unit_id, where_now = (select u.name from units.unit u where u.id = m.to_unit_id),
    notes = case when m.suspended_since is not null then jsonb_build_array(jsonb_build_object('name', 'suspended', 'facts', jsonb_build_object('since', m.suspended_since))) end
  from members.missing_on(import, unit, day, covered) m
  where r.import_id = import and r.is_added and r.done_at is null and r.person_id = m.person_id and (only_lines is null or r.line = any(only_lines));
end $$;
revoke execute on function members.add_missing(bigint, int[], int, date, text[]) from public;

-- A list whose work is finished keeps who was accepted as what, and nothing of what was typed.
create function members.close_rows(import bigint) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform members.import_unit(import);
  delete from members.import_row r where r.import_id = import and r.done_at is null;
  update members.import_row r set typed_sealed = null, identity_hash = null, identity_sealed = null, said = '{}', changes = null, candidates = null
    where r.import_id = import;
end $$;

-- Takes back what a staff list did beside movements and fields, once these are taken back: invitations nobody followed, requests
-- nobody answered; a request of another union that was answered by sending is open again.
create function members.undo_staff_list(import bigint, reason text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform members.import_unit(import);
  insert into members.undo_line (import_id, person_id, invitation_id, outcome, what, why)
    select import, j.person, i.id, case when j.person is null then 'reversed' else 'kept' end, 'invitation',
      jsonb_strip_nulls(jsonb_build_object('by', a.name, 'joined', j.person is not null or null))
    from members.invitation i cross join lateral (select members.joined_by(i.id) as person) j
    left join lateral (select v.recorded_by from members.membership m join members.movement v on v.id = m.opened_by
      where m.person_id = any(array[j.person]) and m.unit_id = i.unit_id order by v.id desc limit 1) b on true
    left join access.account a on a.id = b.recorded_by
    where i.import_id = import and not exists (select from members.invitation_step t where t.invitation_id = i.id and t.step in ('declined', 'withdrawn'));
  insert into members.invitation_step (invitation_id, step, reason)
    select u.invitation_id, 'withdrawn', undo_staff_list.reason from members.undo_line u where u.import_id = import and u.what = 'invitation' and u.outcome = 'reversed';

  insert into members.undo_line (import_id, person_id, outcome, what, why)
    select import, q.person_id, case when w.request_id is null then 'reversed' else 'kept' end, 'request', jsonb_strip_nulls(jsonb_build_object('by', a.name))
    from members.transfer_request q left join members.transfer_answer w on w.request_id = q.id left join access.account a on a.id = w.recorded_by
    where q.import_id = import and (w.request_id is null or w.movement_id is not null);
  insert into members.transfer_answer (request_id, reason)
    select q.id, undo_staff_list.reason from members.transfer_request q
    where q.import_id = import and not exists (select from members.transfer_answer w where w.request_id = q.id);
  insert into members.transfer_request (person_id, unit_id, on_day, recorded_by)
    select q.person_id, q.unit_id, q.on_day, q.recorded_by from members.transfer_answer w join members.transfer_request q on q.id = w.request_id
    where w.movement_id in (select m.id from members.movement m join members.movement r on r.reverses_id = m.id where m.import_id = import);
  delete from members.import_row r where r.import_id = import;
end $$;

-- As before, but a departure is taken back also when somebody mended the person's record since: only an arrival is worked on.
create or replace function members.undo_slice(import bigint, people bigint[], reason text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform members.import_unit(import);
  perform 1 from members.person p where p.id = any(people) order by p.id for no key update;
  insert into members.undo_line (import_id, person_id, outcome, what, why)
    select import, m.person_id,
      case when r.id is not null then 'kept' when l.id is not null then 'impossible' when m.quantity = 1 and w.by is not null then 'kept' else 'reversed' end, 'movement',
      jsonb_strip_nulls(jsonb_build_object('movementId', m.id, 'kind', m.kind, 'on', m.occurred_on,
        'laterKind', l.kind, 'laterOn', l.occurred_on, 'reversed', r.id is not null or null, 'by', coalesce(r.by, l.by, w.by), 'at', coalesce(r.at, l.at, w.at)))
    from members.movement m
    left join lateral (select v.id, a.name as by, v.recorded_at as at from members.movement v left join access.account a on a.id = v.recorded_by where v.reverses_id = m.id) r on true
    left join lateral (select v.id, v.kind, v.occurred_on, a.name as by, v.recorded_at as at from members.movement v left join access.account a on a.id = v.recorded_by
      where v.person_id = m.person_id and v.id > m.id and v.import_id is distinct from import and v.reverses_id is null and v.occurred_on >= m.occurred_on
        and not exists (select from members.movement x where x.reverses_id = v.id) order by v.occurred_on, v.id limit 1) l on true
    left join lateral (
      select k.by, k.at from (
        select a.name as by, s.recorded_at as at from members.statement s left join access.account a on a.id = s.recorded_by
          where s.person_id = m.person_id and s.import_id is distinct from import and s.source not in ('registered', 'reversal') and s.recorded_at >= m.recorded_at
            and not exists (select from members.statement x where x.reverses_id = s.id)
        union all
        select a.name, f.recorded_at from members.photo f left join access.account a on a.id = f.recorded_by where f.person_id = m.person_id and f.recorded_at >= m.recorded_at) k
      order by k.at desc limit 1) w on true
    where m.import_id = import and m.person_id = any(people) and m.reverses_id is null
      -- What was taken back and recorded anew under the same import is told once.
      and not exists (select from members.movement n where n.import_id = import and n.person_id = m.person_id and n.reverses_id is null and n.id > m.id);
  insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, reverses_id)
    select m.person_id, m.unit_id, m.kind, -m.quantity, m.occurred_on, m.is_woman, m.in_occupational, m.other_unit_id, m.cause, m.decision_id, m.officer_id, undo_slice.reason, m.id
    from members.undo_line u join members.movement m on m.id = (u.why ->> 'movementId')::bigint
    where u.import_id = import and u.person_id = any(people) and u.what = 'movement' and u.outcome = 'reversed'
      and not exists (select from members.movement x where x.reverses_id = m.id) order by m.id;

  insert into members.undo_line (import_id, person_id, outcome, what, why)
    select import, s.person_id, case when k.since is null then 'reversed' else 'kept' end, 'fields',
      jsonb_strip_nulls(jsonb_build_object('statementId', s.id, 'fields', jsonb_agg(k.field order by k.field), 'by', max(k.by), 'at', max(k.since)))
    from members.statement s
    cross join lateral (
      select e.field, x.by, x.at as since from jsonb_object_keys(s.said) e(field)
      left join lateral (select a.name as by, n.recorded_at as at from members.statement n left join access.account a on a.id = n.recorded_by
        where n.person_id = s.person_id and n.id > s.id and n.reverses_id is null and n.source <> 'registered' and n.said ? e.field
          and not exists (select from members.statement y where y.reverses_id = n.id) order by n.id desc limit 1) x on true
      where e.field not in ('nameKey', 'birthYear', 'identityKind', 'identitySealed', 'identityTail')) k
    where s.import_id = import and s.person_id = any(people) and s.source in ('import', 'staff_list')
      and not exists (select from members.statement y where y.reverses_id = s.id)
    group by s.id, s.person_id, k.since is null, case when k.since is null then null else k.since end;
  insert into members.statement (person_id, said, source, reason, reverses_id)
    select s.person_id, '{}', 'reversal', undo_slice.reason, s.id from members.statement s
    where s.import_id = import and s.person_id = any(people) and s.source in ('import', 'staff_list')
      and not exists (select from members.statement y where y.reverses_id = s.id) order by s.id;
end $$;
