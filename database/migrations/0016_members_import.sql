-- Lists of people: what each waiting row would do, the writing of all of them, and the way back. These functions see past the
-- fence, since a person may be a member elsewhere; each first asks whether the import is in the caller's branch.
create function members.import_unit(import bigint) returns int language plpgsql stable security definer set search_path = '' as $$
declare
  unit int := (select i.unit_id from imports.import i where i.id = import);
begin
  if unit is null or not units.in_my_branch(unit) then
    raise exception 'no such import' using errcode = 'insufficient_privilege';
  end if;
  return unit;
end $$;

-- Whether two births may be one: a day and a day, or a year and a day of it.
create function members.births_agree(one_day date, one_year smallint, other_day date, other_year smallint) returns boolean language sql immutable parallel safe
  return coalesce(one_day = other_day, coalesce(one_year, extract(year from one_day)) = coalesce(other_year, extract(year from other_day)));

-- What each row of a list would do to the register, as it is now: rules holds the values of the law on the day.
create function members.judge_import(import bigint, only_lines int[], default_day date, rules jsonb) returns void
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
begin
  perform members.import_unit(import);
  with lives as (
    select u.unit_id, units.began_on(u.unit_id) as began_on, units.ended_on(u.unit_id) as ended_on
    from (select distinct r.unit_id from members.import_row r where r.import_id = import and r.unit_id is not null) u
  ), twins as (
    select r.line, first_value(r.line) over (partition by coalesce(encode(r.identity_hash, 'hex'),
        r.name_key || '/' || coalesce(r.birth_date::text, r.birth_year::text) || '/' || r.unit_id) order by r.line) as first_line
    from members.import_row r where r.import_id = import and r.faults is null
  ), judged as (
    select s.line, p.id as person_id, x.refusals, d.changes, case
        when s.faults is not null or x.refusals is not null then 'refused'
        when m.unit_id = s.unit_id then case when d.changes is null then 'same' else 'changed' end
        when m.unit_id is not null then 'elsewhere'
        when l.id is not null then case when coalesce(l.to_unit_id, s.unit_id) = s.unit_id then 'arrives' else 'elsewhere' end
        when c.left_on is not null then 'returns'
        else 'new' end as verdict,
      case when m.unit_id <> s.unit_id and units.in_my_branch(m.unit_id) then (select u.name from units.unit u where u.id = m.unit_id) end as where_now,
      case when p.sex <> s.sex and p.id is not null then '[{"name": "sex-differs-here"}]'::jsonb end as notes
    from members.import_row s
    left join twins t on t.line = s.line
    left join lives v on v.unit_id = s.unit_id
    cross join lateral (select coalesce(s.on_day, default_day) as on_day) e
    left join lateral (select coalesce(i.merged_into, i.id) as id from members.person i where i.identity_hash = s.identity_hash) h on true
    left join lateral (
      select min(a.id) as id, count(*) as alike from (
        select q.id from members.person q where h.id is null and s.faults is null and q.name_key = s.name_key
          and q.birth_date between coalesce(s.birth_date, make_date(s.birth_year, 1, 1)) and coalesce(s.birth_date, make_date(s.birth_year, 12, 31))
          and (q.identity_hash is null or s.identity_hash is null) and q.merged_into is null
        union all
        select q.id from members.person q where h.id is null and s.faults is null and q.name_key = s.name_key and q.birth_date is null
          and q.birth_year = coalesce(s.birth_year, extract(year from s.birth_date)) and (q.identity_hash is null or s.identity_hash is null) and q.merged_into is null) a
      where exists (select from members.membership o where o.person_id = any(array[a.id]) and o.unit_id = s.unit_id and o.closed_by is null)) n on true
    left join members.person p on p.id = coalesce(h.id, case when n.alike = 1 then n.id end)
    left join lateral (select o.unit_id, lower(o.during) as since from members.membership o where o.person_id = any(array[p.id]) and o.closed_by is null) m on true
    left join lateral (select g.id, g.to_unit_id, lower(g.during) as since from members.leg g where g.person_id = p.id and g.closed_by is null) l on true
    left join lateral (select upper(o.during) as left_on, k.kind from members.membership o join members.movement k on k.id = o.closed_by
      where o.person_id = any(array[p.id]) order by upper(o.during) desc limit 1) c on true
    left join lateral (
      select jsonb_object_agg(f.field, jsonb_build_object('was', f.was, 'now', f.now)) as changes from (
        select 'fullName' as field, to_jsonb(p.full_name) as was, to_jsonb(s.full_name) as now
          where p.full_name <> s.full_name and octet_length(s.full_name) > char_length(s.full_name)
        union all select 'birthDate', to_jsonb(p.birth_year::text), to_jsonb(s.birth_date) where p.birth_date is null and s.birth_date is not null
        union all select 'identityNumber', null, to_jsonb(s.identity_tail) where p.identity_hash is null and s.identity_hash is not null
        union all select j.key, p.record -> j.key, j.value from jsonb_each(s.said) j
          where coalesce(j.value -> 'match', j.value) is distinct from coalesce(p.record -> j.key -> 'match', p.record -> j.key)) f
      where p.id is not null) d on true
    cross join lateral (
      -- By `case`, so that only a refusal that is so is put into words.
      select jsonb_agg(w.refusal) as refusals from unnest(array[
        case when s.unit_id is null
          then jsonb_build_object('name', 'union-not-found', 'facts', jsonb_build_object('value', coalesce(s.union_typed, ''))) end,
        case when t.first_line < s.line
          then jsonb_build_object('name', 'twice-in-list', 'facts', jsonb_build_object('name', s.full_name, 'first', t.first_line)) end,
        case when h.id is not null and (p.name_key <> s.name_key or not members.births_agree(p.birth_date, p.birth_year, s.birth_date, s.birth_year))
          then jsonb_build_object('name', 'another-person-here', 'facts', jsonb_build_object('name', case when units.in_my_branch(m.unit_id) then p.full_name else '•••' end)) end,
        case when h.id is null and n.alike > 1
          then jsonb_build_object('name', 'several-alike', 'facts', jsonb_build_object('name', s.full_name, 'count', n.alike)) end,
        case when m.unit_id is null and e.on_day > access.today()
          then jsonb_build_object('name', 'day-in-future', 'facts', jsonb_build_object('day', e.on_day, 'today', access.today())) end,
        case when m.unit_id is null and v.began_on is null and s.unit_id is not null
          then jsonb_build_object('name', 'founding-cancelled', 'facts', '{}'::jsonb) end,
        case when m.unit_id is null and e.on_day < v.began_on
          then jsonb_build_object('name', 'day-before-founding', 'facts', jsonb_build_object('day', e.on_day, 'foundedOn', v.began_on)) end,
        case when m.unit_id is null and e.on_day >= v.ended_on
          then jsonb_build_object('name', 'unit-ended', 'facts', jsonb_build_object('endedOn', v.ended_on)) end,
        case when m.unit_id is null and coalesce(s.birth_date, make_date(s.birth_year, 1, 1)) > e.on_day - make_interval(years => (rules ->> 'ageMin')::int)
          then jsonb_build_object('name', 'too-young', 'facts', jsonb_build_object('name', s.full_name, 'min', (rules ->> 'ageMin')::int)) end,
        case when m.unit_id is null and l.id is null and c.kind in ('left', 'expelled') and e.on_day < c.left_on + make_interval(months => (rules ->> 'rejoinMonths')::int)
          then jsonb_build_object('name', 'rejoins-too-soon', 'facts', jsonb_build_object('name', s.full_name, 'leftOn', c.left_on,
            'from', (c.left_on + make_interval(months => (rules ->> 'rejoinMonths')::int))::date, 'law', rules ->> 'rejoinLaw')) end,
        case when m.unit_id is null and e.on_day < coalesce(l.since, c.left_on)
          then jsonb_build_object('name', 'day-before-departure', 'facts', jsonb_build_object('name', s.full_name, 'leftOn', coalesce(l.since, c.left_on))) end,
        case when m.unit_id is distinct from s.unit_id and (rules ->> 'managersBarred')::int = 1 and coalesce(s.said ->> 'managementRole', 'none') <> 'none'
          then jsonb_build_object('name', 'managers-barred', 'facts', jsonb_build_object('name', s.full_name, 'role', s.said ->> 'managementRole', 'law', rules ->> 'managersLaw')) end,
        case when m.unit_id is distinct from s.unit_id and s.citizenship <> 'VN' and (s.said ->> 'contractMonths')::int < (rules ->> 'foreignerMonths')::int
          then jsonb_build_object('name', 'foreigner-contract-short', 'facts', jsonb_build_object('name', s.full_name, 'months', (rules ->> 'foreignerMonths')::int, 'law', rules ->> 'foreignerLaw')) end
      ]) w(refusal) where w.refusal is not null and s.faults is null) x
    where s.import_id = import and (only_lines is null or s.line = any(only_lines))
  )
  update members.import_row r set person_id = j.person_id, verdict = j.verdict, refusals = j.refusals, changes = j.changes, where_now = j.where_now, notes = j.notes
  from judged j where r.import_id = import and r.line = j.line
    and (r.verdict, r.person_id, r.refusals, r.changes, r.where_now, r.notes) is distinct from (j.verdict, j.person_id, j.refusals, j.changes, j.where_now, j.notes);
end $$;

-- Writes the rows of a stretch of lines: people, arrivals, statements. Returns how many did something.
create function members.commit_rows(import bigint, from_line int, to_line int, as_kind text, default_day date, decision bigint, officer int) returns int
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  written int;
begin
  perform members.import_unit(import);
  insert into members.name (folded)
    select distinct r.name_key from members.import_row r
    where r.import_id = import and r.line between from_line and to_line and r.verdict = 'new' and r.person_id is null and not r.is_left_out
      and not exists (select from members.name n where n.folded = r.name_key) order by 1 on conflict do nothing;
  with fresh as (
    update members.import_row r set person_id = nextval('members.person_id_seq'), is_new = true
    where r.import_id = import and r.line between from_line and to_line and r.verdict = 'new' and r.person_id is null and not r.is_left_out
    returning r.*
  )
  insert into members.person (id, full_name, name_id, name_key, given_key, birth_date, birth_year, sex, citizenship, identity_kind, identity_hash, identity_sealed,
      identity_tail, record, import_id)
    overriding system value
    select f.person_id, f.full_name, n.id, f.name_key, array_to_string(array_reverse(string_to_array(f.name_key, ' ')), ' '), f.birth_date, f.birth_year, f.sex,
      f.citizenship, coalesce(f.identity_kind, 'citizen'), f.identity_hash, f.identity_sealed, f.identity_tail, f.said, import
    from fresh f join members.name n on n.folded = f.name_key order by f.identity_hash;
  insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, decision_id, officer_id, import_id)
    select r.person_id, r.unit_id, case when r.verdict = 'arrives' then 'received' else as_kind end, 1, coalesce(r.on_day, default_day), p.sex = 'female', u.kind = 'occupational',
      case when r.verdict = 'arrives' then (select nullif(l.from_unit_id, r.unit_id) from members.leg l where l.person_id = r.person_id and l.closed_by is null) end,
      decision, officer, import
    from members.import_row r join members.person p on p.id = r.person_id join units.unit u on u.id = r.unit_id
    where r.import_id = import and r.line between from_line and to_line and r.verdict in ('new', 'returns', 'arrives') and not r.is_left_out order by r.line;
  insert into members.statement (person_id, said, source, import_id)
    select r.person_id,
      case when r.changes ? 'fullName' then jsonb_build_object('fullName', r.full_name, 'nameKey', r.name_key) else '{}' end
      || case when r.changes ? 'birthDate' then jsonb_build_object('birthDate', r.birth_date, 'birthYear', null) else '{}' end
      || case when r.changes ? 'identityNumber' then jsonb_build_object('identityKind', r.identity_kind, 'identityHash', encode(r.identity_hash, 'hex'),
           'identitySealed', encode(r.identity_sealed, 'hex'), 'identityTail', r.identity_tail) else '{}' end
      || coalesce((select jsonb_object_agg(j.key, j.value) from jsonb_each(r.said) j where r.changes ? j.key), '{}'), 'import', import
    from members.import_row r
    where r.import_id = import and r.line between from_line and to_line and r.verdict in ('new', 'returns', 'arrives', 'changed') and r.changes is not null
      and not r.is_new and not r.is_left_out order by r.line;
  select count(*)::int into written from members.import_row r
    where r.import_id = import and r.line between from_line and to_line and r.verdict in ('new', 'returns', 'arrives', 'changed') and not r.is_left_out;
  return written;
end $$;

-- Locks the people of a list before it is judged for the last time.
create function members.lock_import(import bigint) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform members.import_unit(import);
  perform 1 from members.person p where p.id in (select r.person_id from members.import_row r where r.import_id = import and r.person_id is not null)
    order by p.id for no key update;
end $$;

-- The people an import touched, in slices.
create function members.touched_by(import bigint, after bigint, most int) returns setof bigint language sql stable security definer set search_path = ''
  begin atomic
    select t.person_id from (
      select m.person_id from members.movement m where m.import_id = import and m.reverses_id is null
      union select s.person_id from members.statement s where s.import_id = import and s.source in ('import', 'staff_list')) t
    where t.person_id > after and members.import_unit(import) is not null order by 1 limit most;
  end;

-- Takes back what an import did to these people, and tells of each thing what became of it: reversed; kept, because somebody worked
-- on it since; impossible, because later rows stand on it.
create function members.undo_slice(import bigint, people bigint[], reason text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform members.import_unit(import);
  perform 1 from members.person p where p.id = any(people) order by p.id for no key update;
  insert into members.undo_line (import_id, person_id, outcome, what, why)
    select import, m.person_id,
      case when r.id is not null then 'kept' when l.id is not null then 'impossible' when w.by is not null then 'kept' else 'reversed' end, 'movement',
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

-- The names of the people an import touched: whoever was taken back may have left the branch.
create function members.names_of_import(import bigint) returns table (id bigint, full_name text) language sql stable security definer set search_path = ''
  begin atomic
    select distinct p.id, p.full_name from members.undo_line u join members.person p on p.id = u.person_id
    where u.import_id = import and members.import_unit(import) is not null;
  end;
