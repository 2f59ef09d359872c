-- Tallies: running totals by cohort, so that a figure over a province reads a few rows instead of a million. They are a cache:
-- written by trigger in the same transaction, recounted by `ket-doan verify`. A day row holds the running sum within its month,
-- a month row the running total of all months up to and with it; a back-dated row touches at most a month of days and the
-- months since, at each level.
create table ledger.tallied (
  relation regclass primary key,
  names    text[] not null,
  formulas text[] not null
);
comment on table ledger.tallied is 'Ledgers with tallies: the name of each counted column and the one formula that counts it.';
alter table ledger.tallied enable row level security;
select ledger.audit('ledger.tallied', 'relation');

-- Gives a ledger its counted columns (view <ledger>_counted), tallies (<ledger>_day, <ledger>_month), trigger and questions.
-- The formulas stand here once; lists, totals and tallies all read them.
create function ledger.tally(relation regclass, names text[], formulas text[]) returns void language plpgsql as $outer$
declare
  s text; t text; q text;
  counted text; cols_int text; cols_big text; zero_prev text; add_cols text; sum_x text; sum_f text; arr_at text; arr_before text; arr_rows text; arr_rows_before text; plain text;
begin
  select n.nspname, c.relname into s, t from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  insert into ledger.tallied values (relation, names, formulas);
  select string_agg(format('(%s)::int as %I', f, n), ', ' order by i),
         string_agg(format('%I int not null default 0', n), ', ' order by i),
         string_agg(format('%I bigint not null default 0', n), ', ' order by i),
         string_agg(format('coalesce(p.%I, 0)', n), ', ' order by i),
         string_agg(format('%1$I = o.%1$I + x.%1$I', n), ', ' order by i),
         string_agg(format('sum(x.%1$I) as %1$I', n), ', ' order by i),
         string_agg(format('sum(f.%I)::int', n), ', ' order by i),
         string_agg(format('coalesce(sum(coalesce(m2.%1$I, 0) + coalesce(d2.%1$I, 0)), 0)::bigint', n), ', ' order by i),
         string_agg(format('coalesce(sum(coalesce(m1.%1$I, 0) + coalesce(d1.%1$I, 0)), 0)::bigint', n), ', ' order by i),
         string_agg(format('coalesce(sum(r.%I) filter (where r.occurred_on <= upto), 0)::bigint', n), ', ' order by i),
         string_agg(format('coalesce(sum(r.%I) filter (where r.occurred_on <= before_day), 0)::bigint', n), ', ' order by i),
         string_agg(quote_ident(n), ', ' order by i)
    into counted, cols_int, cols_big, zero_prev, add_cols, sum_x, sum_f, arr_at, arr_before, arr_rows, arr_rows_before, plain
    from unnest(names, formulas) with ordinality as v(n, f, i);

  execute format('create view %I.%I with (security_invoker = true) as select l.*, %s from %s l', s, t || '_counted', counted, relation);
  execute format('comment on view %I.%I is %L', s, t || '_counted', 'The ledger with what each row counts toward each figure.');
  execute format('grant select on %I.%I to ket_doan_app', s, t || '_counted');
  execute format('create table %I.%I (cohort_id int not null references units.cohort, day date not null, %s, primary key (cohort_id, day)) with (fillfactor = 85)', s, t || '_day', cols_int);
  execute format('comment on table %I.%I is %L', s, t || '_day', 'Tally: running sums within the month, by cohort and day. A cache of the ledger.');
  execute format('create table %I.%I (cohort_id int not null references units.cohort, month date not null, %s, primary key (cohort_id, month)) with (fillfactor = 85)', s, t || '_month', cols_big);
  execute format('comment on table %I.%I is %L', s, t || '_month', 'Tally: running totals up to the end of each month, by cohort. A cache of the ledger.');
  execute format('alter table %I.%I enable row level security', s, t || '_day');
  execute format('alter table %I.%I enable row level security', s, t || '_month');
  execute format('create policy nobody on %I.%I using (false)', s, t || '_day');
  execute format('create policy nobody on %I.%I using (false)', s, t || '_month');
  execute format('create type %I.%I as (cohort_id int, day date, %s)', s, t || '_delta', replace(cols_int, ' int not null default 0', ' int'));

  -- Adds deltas to the tallies. Lock first, ask in the next statement; the deepest cohorts first, the root's shard last.
  q := $f$
create function %1$I.%2$I(deltas %1$I.%3$I[]) returns void language plpgsql security definer set search_path = '' as $body$
begin
  perform 1 from units.cohort c where c.id in (select cohort_id from unnest(deltas)) order by c.id desc for no key update;
  insert into %1$I.%4$I (cohort_id, day, %6$s)
    select x.cohort_id, x.day, %7$s from unnest(deltas) x left join lateral (
      select * from %1$I.%4$I o where o.cohort_id = x.cohort_id and o.day < x.day and o.day >= date_trunc('month', x.day)::date order by o.day desc limit 1) p on true
    on conflict do nothing;
  update %1$I.%4$I o set %8$s from (
    select o.cohort_id, o.day, %9$s from unnest(deltas) x join %1$I.%4$I o
      on o.cohort_id = x.cohort_id and o.day >= x.day and o.day < (date_trunc('month', x.day) + interval '1 month')::date group by 1, 2) x
    where o.cohort_id = x.cohort_id and o.day = x.day;
  insert into %1$I.%5$I (cohort_id, month, %6$s)
    select distinct on (x.cohort_id, date_trunc('month', x.day)) x.cohort_id, date_trunc('month', x.day)::date, %7$s from unnest(deltas) x left join lateral (
      select * from %1$I.%5$I o where o.cohort_id = x.cohort_id and o.month < date_trunc('month', x.day)::date order by o.month desc limit 1) p on true
    on conflict do nothing;
  update %1$I.%5$I o set %8$s from (
    select o.cohort_id, o.month, %9$s from unnest(deltas) x join %1$I.%5$I o
      on o.cohort_id = x.cohort_id and o.month >= date_trunc('month', x.day)::date group by 1, 2) x
    where o.cohort_id = x.cohort_id and o.month = x.month;
end $body$ $f$;
  execute format(q, s, t || '_add', t || '_delta', t || '_day', t || '_month', plain, zero_prev, add_cols, sum_x);

  -- The plan is kept for the session: made for a list of thousands, it must not read the whole closure for one admission.
  q := $f$
create function %1$I.%2$I() returns trigger language plpgsql security definer
  set search_path = '' set enable_seqscan = off set enable_hashjoin = off as $body$
declare deltas %1$I.%3$I[];
begin
  perform units.hold_tree();
  select array_agg(row(d.*)::%1$I.%3$I) into deltas from (
    select b.cohort_id, f.occurred_on, %4$s
    from (select f.unit_id, f.occurred_on, %7$s from (select l.*, %5$s from fresh l) f group by 1, 2) f
    join units.branch b on b.unit_id = f.unit_id and b.superseded_at = 'infinity' and b.cohort_id is not null
    group by 1, 2) d;
  if deltas is not null then perform %1$I.%6$I(deltas); end if;
  return null;
end $body$ $f$;
  execute format(q, s, t || '_keep_tally', t || '_delta', sum_f, counted, t || '_add',
    (select string_agg(format('sum(f.%1$I) as %1$I', n), ', ' order by i) from unnest(names) with ordinality v(n, i)));
  execute format('create trigger tally after insert on %s referencing new table as fresh for each statement execute function %I.%I()', relation, s, t || '_keep_tally');

  -- Moves what units count between cohorts, when the tree is restated: sign +1 for a cohort they enter, -1 for one they leave.
  q := $f$
create function %1$I.%2$I(moved_units int[], cohorts int[], signs int[]) returns void language plpgsql security definer set search_path = '' as $body$
declare deltas %1$I.%3$I[];
begin
  select array_agg(row(d.*)::%1$I.%3$I) into deltas from (
    select m.cohort_id, f.occurred_on, %4$s
    from unnest(moved_units, cohorts, signs) as m(unit_id, cohort_id, sign) join %1$I.%5$I f on f.unit_id = m.unit_id
    group by 1, 2) d;
  if deltas is not null then perform %1$I.%6$I(deltas); end if;
end $body$ $f$;
  execute format(q, s, t || '_shift', t || '_delta', regexp_replace(sum_f, 'sum\(f\.', 'sum(m.sign * f.', 'g'), t || '_counted', t || '_add');

  -- Rebuilds the tallies of one ledger from its rows.
  q := $f$
create function %1$I.%2$I() returns void language plpgsql security definer set search_path = '' as $body$
begin
  delete from %1$I.%3$I; delete from %1$I.%4$I;
  insert into %1$I.%3$I (cohort_id, day, %5$s) select cohort_id, occurred_on, %6$s from (
    select b.cohort_id, f.occurred_on, %7$s
    from (select f.unit_id, f.occurred_on, %10$s from %1$I.%8$I f group by 1, 2) f
    join units.branch b on b.unit_id = f.unit_id and b.superseded_at = 'infinity' and b.cohort_id is not null group by 1, 2) x
    window w as (partition by cohort_id, date_trunc('month', occurred_on) order by occurred_on);
  insert into %1$I.%4$I (cohort_id, month, %5$s) select cohort_id, month, %6$s from (
    select distinct on (cohort_id, date_trunc('month', day)) cohort_id, date_trunc('month', day)::date as month, %5$s
    from %1$I.%3$I order by cohort_id, date_trunc('month', day), day desc) x
    window w as (partition by cohort_id order by month);
end $body$ $f$;
  execute format(q, s, t || '_recount', t || '_day', t || '_month', plain,
    (select string_agg(format('sum(%I) over w', n), ', ' order by i) from unnest(names) with ordinality v(n, i)),
    (select string_agg(format('sum(f.%1$I) as %1$I', n), ', ' order by i) from unnest(names) with ordinality v(n, i)),
    t || '_counted', null,
    (select string_agg(format('sum(f.%1$I) as %1$I', n), ', ' order by i) from unnest(names) with ordinality v(n, i)));

  -- The question: what units' branches count up to a day and up to the day before a period, in the structure of any day, as
  -- known now or at an instant. Upper units read tallies, grassroots unions their own rows. Answers in the order of `names`.
  q := $f$
create function %1$I.%2$I(asked int[], before_day date, upto date, structure date, known timestamptz)
  returns table (unit_id int, at_end bigint[], at_start bigint[]) language plpgsql stable security definer set search_path = '' as $body$
begin
  if exists (select from units.cohort c where c.ancestor_id = any(asked)) then return query
    select c.ancestor_id, array[%3$s], array[%4$s]
    from units.cohort c
    left join lateral (select * from %1$I.%6$I o where o.cohort_id = c.id and o.month < date_trunc('month', upto)::date order by o.month desc limit 1) m2 on true
    left join lateral (select * from %1$I.%5$I o where o.cohort_id = c.id and o.day <= upto and o.day >= date_trunc('month', upto)::date order by o.day desc limit 1) d2 on true
    left join lateral (select * from %1$I.%6$I o where o.cohort_id = c.id and o.month < date_trunc('month', before_day)::date order by o.month desc limit 1) m1 on true
    left join lateral (select * from %1$I.%5$I o where o.cohort_id = c.id and o.day <= before_day and o.day >= date_trunc('month', before_day)::date order by o.day desc limit 1) d1 on true
    where c.ancestor_id = any(asked) and c.valid_from <= structure and structure < c.valid_to
    group by c.ancestor_id;
  end if;
  if exists (select from units.unit u where u.id = any(asked) and not u.is_upper) then return query
    select b.ancestor_id, array[%7$s], array[%8$s]
    from units.unit u
    join units.branch b on b.ancestor_id = u.id and b.superseded_at = 'infinity' and b.valid_from <= structure and structure < b.valid_to
    join %1$I.%9$I r on r.unit_id = b.unit_id and r.occurred_on <= upto
    where u.id = any(asked) and not u.is_upper
    group by b.ancestor_id;
  end if;
  if known is not null then return query select * from %1$I.%10$I(asked, before_day, upto, structure, known); end if;
end $body$ $f$;
  execute format(q, s, t || '_figures', arr_at, arr_before, t || '_day', t || '_month', arr_rows, arr_rows_before, t || '_counted', t || '_since');

  -- How an answer as known at an instant differs from today's: takes away what was recorded since, union by union before the
  -- branches are asked, and puts back where units stood as the tree was known then. How many rows are younger than the instant
  -- decides the plan, so it is planned anew each time.
  q := $f$
create function %1$I.%2$I(asked int[], before_day date, upto date, structure date, known timestamptz)
  returns table (unit_id int, at_end bigint[], at_start bigint[]) language plpgsql stable security definer
  set search_path = '' set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $body$
begin
  return query
    select x.ancestor_id, array[%4$s], array[%5$s] from (
      select b.ancestor_id, -1 as sign, r.* from (
        select r.unit_id, %6$s from %1$I.%3$I r where r.recorded_at > known and r.occurred_on <= upto group by r.unit_id) r
        join units.branch b on b.unit_id = r.unit_id and b.superseded_at = 'infinity' and b.valid_from <= structure and structure < b.valid_to
        where b.ancestor_id = any(asked)
      union all
      select c.ancestor_id, c.sign, r.* from units.branch_changes(asked, structure, known) c join lateral (
        select r.unit_id, %6$s from %1$I.%3$I r where r.unit_id = c.unit_id and r.recorded_at <= known and r.occurred_on <= upto group by r.unit_id) r on true
    ) x group by x.ancestor_id;
end $body$ $f$;
  execute format(q, s, t || '_since', t || '_counted',
    (select string_agg(format('coalesce(sum(x.sign * x.%I), 0)::bigint', n), ', ' order by i) from unnest(names) with ordinality v(n, i)),
    (select string_agg(format('coalesce(sum(x.sign * x.%I), 0)::bigint', n || '_before'), ', ' order by i) from unnest(names) with ordinality v(n, i)),
    (select string_agg(format('sum(r.%1$I) as %1$I, sum(r.%1$I) filter (where r.occurred_on <= before_day) as %2$I', n, n || '_before'), ', ' order by i)
      from unnest(names) with ordinality v(n, i)));
  execute format('revoke execute on function %1$I.%2$I(int[], date, date, date, timestamptz) from public', s, t || '_since');
  execute format('revoke execute on function %1$I.%2$I(int[], date, date, date, timestamptz) from public', s, t || '_figures');
  execute format('revoke execute on function %1$I.%2$I() from public', s, t || '_recount');
  execute format('revoke execute on function %1$I.%2$I(%1$I.%3$I[]) from public', s, t || '_add', t || '_delta');
  execute format('revoke execute on function %1$I.%2$I(int[], int[], int[]) from public', s, t || '_shift');
  perform ledger.audit(format('%I.%I', s, t || '_day')::regclass, 'cohort_id');
  perform ledger.audit(format('%I.%I', s, t || '_month')::regclass, 'cohort_id');
end $outer$;

-- How the branches of units differ between now and as they were known: +1 a unit that stood there then, -1 one that stands there now.
create function units.branch_changes(asked int[], structure date, known timestamptz) returns table (ancestor_id int, unit_id int, sign int)
  language sql stable security definer set search_path = ''
  begin atomic
    with changed as (
      select b.unit_id from units.branch b where b.superseded_at > known and b.superseded_at <> 'infinity' and b.recorded_at <= known
      union
      -- An ancestor gained supersedes nothing: a district that is put between a union and its province.
      select b.unit_id from units.branch b join units.unit u on u.id = b.unit_id where b.recorded_at > known and u.recorded_at <= known
    ), standing as (
      select b.ancestor_id, b.unit_id, -1 as sign from units.branch b
        where b.unit_id in (select c.unit_id from changed c) and b.superseded_at = 'infinity' and b.valid_from <= structure and structure < b.valid_to
      union all
      select b.ancestor_id, b.unit_id, 1 from units.branch b
        where b.unit_id in (select c.unit_id from changed c) and b.recorded_at <= known and known < b.superseded_at
          and b.valid_from <= structure and structure < b.valid_to
    )
    select s.ancestor_id, s.unit_id, sum(s.sign)::int from standing s where s.ancestor_id = any(asked) group by 1, 2 having sum(s.sign) <> 0;
  end;
revoke execute on function units.branch_changes(int[], date, timestamptz) from public;

-- The closure of units as placements stand now: their ancestors on every day, adjacent stretches merged.
create function units.closure_of(asked int[]) returns table (unit_id int, ancestor_id int, valid_from date, valid_to date)
  language sql stable security definer set search_path = ''
  begin atomic
    with recursive path as (
      select u.id as unit_id, u.id as ancestor_id, '-infinity'::date as f, 'infinity'::date as t from unnest(asked) u(id)
      union all
      select p.unit_id, x.manager_id, greatest(p.f, x.f), least(p.t, x.t)
      from path p join lateral (
        select pl.manager_id,
          case when lag(pl.valid_from) over w is null then '-infinity'::date else pl.valid_from end as f,
          coalesce(lead(pl.valid_from) over w, 'infinity'::date) as t
        from units.placement pl where pl.unit_id = p.ancestor_id and pl.superseded_at = 'infinity'
        window w as (order by pl.valid_from)
      ) x on x.f < p.t and p.f < x.t
    )
    select p.unit_id, p.ancestor_id, lower(r.during), upper(r.during)
    from (select path.unit_id, path.ancestor_id, range_agg(daterange(path.f, path.t)) as spans from path group by 1, 2) p, unnest(p.spans) as r(during);
  end;

create type units.restated as (unit_id int, ancestor_id int, valid_from date, valid_to date, cohort_id int, sign int);

-- Restates the closure and the tallies of units and of everything that ever stood under them. Only what moved is touched: sign +1
-- for a stretch that comes into the closure, -1 for one that goes.
create function units.restate(changed int[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  below int[] := array(
    select b.unit_id from units.branch b where b.ancestor_id = any(changed) and b.superseded_at = 'infinity'
    union select b.unit_id from units.branch b where b.ancestor_id = any(changed) and b.superseded_at <> 'infinity'
    union select unnest(changed));
  moved units.restated[] := array(
    with fresh as materialized (select c.* from units.closure_of(below) c),
      said as materialized (select b.unit_id, b.ancestor_id, b.valid_from, b.valid_to, b.cohort_id from units.branch b
        where b.unit_id = any(below) and b.superseded_at = 'infinity')
    select row(unit_id, ancestor_id, valid_from, valid_to, s.cohort_id, case when s.unit_id is null then 1 else -1 end)::units.restated
    from (select f.*, true as is_fresh from fresh f) f full join (select s.*, true as is_said from said s) s using (unit_id, ancestor_id, valid_from, valid_to)
    where is_fresh is null or is_said is null);
  kept record;
begin
  if cardinality(moved) = 0 then return; end if;
  insert into units.cohort (ancestor_id, valid_from, valid_to, shard)
    select distinct r.ancestor_id, r.valid_from, r.valid_to, units.shard_of(r.ancestor_id, r.unit_id)
    from unnest(moved) r join units.unit u on u.id = r.ancestor_id where r.sign = 1 and u.is_upper
    on conflict do nothing;
  moved := array(
    select row(r.unit_id, r.ancestor_id, r.valid_from, r.valid_to, coalesce(r.cohort_id, c.id), r.sign)::units.restated
    from unnest(moved) r left join units.cohort c on r.sign = 1 and c.ancestor_id = r.ancestor_id and c.valid_from = r.valid_from
      and c.valid_to = r.valid_to and c.shard = units.shard_of(r.ancestor_id, r.unit_id));
  -- A row recorded at this same instant was never known to anybody; an older one stays, superseded.
  delete from units.branch b using unnest(moved) r where r.sign = -1 and b.unit_id = r.unit_id and b.ancestor_id = r.ancestor_id
    and b.valid_from = r.valid_from and b.superseded_at = 'infinity' and b.recorded_at = ledger.instant();
  update units.branch b set superseded_at = ledger.instant() from unnest(moved) r where r.sign = -1 and b.unit_id = r.unit_id
    and b.ancestor_id = r.ancestor_id and b.valid_from = r.valid_from and b.superseded_at = 'infinity';
  insert into units.branch (unit_id, ancestor_id, valid_from, valid_to, cohort_id)
    select r.unit_id, r.ancestor_id, r.valid_from, r.valid_to, r.cohort_id from unnest(moved) r where r.sign = 1;
  for kept in select n.nspname, c.relname from ledger.tallied k join pg_class c on c.oid = k.relation join pg_namespace n on n.oid = c.relnamespace loop
    execute format('select %I.%I(array_agg(r.unit_id), array_agg(r.cohort_id), array_agg(r.sign)) from unnest($1) r where r.cohort_id is not null having count(*) > 0',
      kept.nspname, kept.relname || '_shift') using moved;
  end loop;
end $$;
revoke execute on function units.restate(int[]) from public;

-- Which of an ancestor's tallies a unit is in: the root has sixteen, everyone else one.
create function units.shard_of(ancestor int, unit int) returns smallint language sql stable security definer set search_path = ''
  begin atomic
    select case when exists (select from units.placement p where p.unit_id = ancestor) then 0 else unit % 16 end::smallint;
  end;

create function units.restate_placed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform units.hold_tree();
  perform units.restate(array(select distinct unit_id from placed));
  return null;
end $$;
create trigger restate after insert on units.placement referencing new table as placed for each statement execute function units.restate_placed();

-- A unit stands under itself from the first moment, so that a root without a manager has a branch too.
create function units.stand_alone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into units.cohort (ancestor_id, valid_from, valid_to, shard)
    select id, '-infinity', 'infinity', id % 16 from born where is_upper on conflict do nothing;
  insert into units.branch (unit_id, ancestor_id, valid_from, valid_to, cohort_id)
    select b.id, b.id, '-infinity', 'infinity', c.id from born b
    left join units.cohort c on c.ancestor_id = b.id and b.is_upper and c.shard = b.id % 16 and c.valid_from = '-infinity' and c.valid_to = 'infinity';
  return null;
end $$;
create trigger stand_alone after insert on units.unit referencing new table as born for each statement execute function units.stand_alone();
