-- Declarations of figures that no ledger counts yet, and the question every figure is.
create table progress.declaration (
  id          bigint generated always as identity primary key,
  unit_id     int not null references units.unit,
  indicator   text not null references targets.indicator,
  from_day    date,
  to_day      date not null,
  result      bigint,
  percent     numeric(15, 6),
  note        text,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  constraint says_something check (result is not null or percent is not null),
  constraint forward check (from_day is null or from_day <= to_day)
);
comment on table progress.declaration is 'Declared figures, append-only: the latest of a period speaks, earlier ones stay readable as they were known.';
create index on progress.declaration (unit_id, indicator, to_day);
select ledger.append_only('progress.declaration');
select ledger.fence('progress.declaration', 'unit_id');
grant select, insert on progress.declaration to ket_doan_app;
select ledger.audit('progress.declaration', 'id');

-- The question every figure is: what each asked unit's branch counts in each ledger, up to a day and up to the day before a
-- period. Whoever may see the scope may see the parts it had in the structure asked; the sums past the fence are all that is told.
-- Only `flowing` ledgers are asked for the day before: a stock is what stands at the end.
create function progress.figures(scope int, asked int[], wanted text[], flowing text[], before_day date, upto date, structure date, known timestamptz)
  returns table (ledger text, unit_id int, at_end bigint[], at_start bigint[]) language plpgsql stable security definer set search_path = '' as $$
declare
  allowed int[];
begin
  if not coalesce(units.in_my_branch(scope), false) then return; end if;
  select array_agg(distinct b.unit_id) into allowed from units.branch b
    where b.ancestor_id = scope and b.unit_id = any(asked) and b.valid_from <= structure and structure < b.valid_to;
  if 'members' = any(wanted) then return query select 'members', f.* from members.movement_figures(allowed, case when 'members' = any(flowing) then before_day end, upto, structure, known) f; end if;
  if 'founding' = any(wanted) then return query select 'founding', f.* from founding.founding_figures(allowed, case when 'founding' = any(flowing) then before_day end, upto, structure, known) f; end if;
  if 'units' = any(wanted) then return query select 'units', f.* from units.event_figures(allowed, case when 'units' = any(flowing) then before_day end, upto, structure, known) f; end if;
  if 'employers' = any(wanted) then return query select 'employers', f.* from employers.workforce_change_figures(allowed, case when 'employers' = any(flowing) then before_day end, upto, structure, known) f; end if;
end $$;

-- The units directly under one in the structure of a day, as known now or at an instant, with the names they had. As in the
-- closure, a unit stands on its first place before its first spell and on its last after its last; is_standing tells.
create function progress.children(scope int, structure date, known timestamptz) returns table (id int, code text, name text, kind text, is_standing boolean)
  language sql stable security definer set search_path = ''
  begin atomic
    select y.id, y.code, y.name, y.kind, y.is_standing from (select u.id, u.code, coalesce(units.trait_on(u.id, 'name', structure, known), u.name) as name, u.kind,
      x.is_standing and (u.is_upper or units.began_on(u.id, known) is not null) as is_standing, u.is_upper
    from (
      select p.unit_id, p.manager_id, p.valid_from <= structure and coalesce(units.ended_on(p.unit_id, known), 'infinity') > structure as is_standing,
        case when lag(p.valid_from) over w is null then '-infinity'::date else p.valid_from end as f, coalesce(lead(p.valid_from) over w, 'infinity'::date) as t
      from units.placement p
      where units.in_my_branch(scope) and p.unit_id in (select q.unit_id from units.placement q where q.manager_id = scope)
        and case when known is null then p.superseded_at = 'infinity' else p.recorded_at <= known and known < p.superseded_at end
      window w as (partition by p.unit_id order by p.valid_from)
    ) x join units.unit u on u.id = x.unit_id
    where x.manager_id = scope and x.f <= structure and structure < x.t) y
    order by y.is_upper desc, y.name collate "vi-x-icu", y.id limit 5000;
  end;
