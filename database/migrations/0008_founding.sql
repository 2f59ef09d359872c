-- The ledger of foundings. The size and the kind of employer are those of the founding day: they decide which figures it counts in.
create table founding.founding (
  id            bigint generated always as identity primary key,
  unit_id       int not null references units.unit,
  quantity      smallint not null check (quantity in (1, -1)),
  occurred_on   date not null,
  unit_kind     text not null check (unit_kind in ('grassroots', 'occupational')),
  sector        text check (sector in ('state', 'non_state')),
  employer_id   bigint references employers.employer,
  employer_kind text,
  members       int not null check (members > 0),
  is_large      boolean not null,
  decision_id   bigint not null references units.decision,
  officer_id    int references access.account,
  reason        text,
  recorded_at   timestamptz not null default ledger.instant(),
  recorded_by   int default access.me() references access.account,
  reverses_id   bigint unique references founding.founding
);
comment on table founding.founding is 'Append-only ledger. A founding counts on the effective day of its decision; cancelling adds the opposite row.';
create index on founding.founding (unit_id, occurred_on);
create index on founding.founding (decision_id);
create index on founding.founding (occurred_on, id);
select ledger.keep('founding.founding');
select ledger.fence('founding.founding', 'unit_id');
-- A founding's paper is seen with the union, wherever that was handed over to.
create policy with_founding on units.decision for select using (exists (select from founding.founding f where f.decision_id = decision.id offset 0));
select ledger.tally('founding.founding',
  array['founded', 'occupational', 'nonstate_large', 'enterprise_large', 'founding_members'],
  array[
    'l.quantity',
    'case when l.unit_kind = ''occupational'' then l.quantity else 0 end',
    'case when l.unit_kind = ''grassroots'' and l.sector = ''non_state'' and l.is_large then l.quantity else 0 end',
    'case when l.unit_kind = ''grassroots'' and l.employer_kind = ''enterprise'' and l.is_large then l.quantity else 0 end',
    'l.quantity * l.members']);

-- The tallies for whoever may see the units asked; others get no row.
create function founding.figures_in_branch(asked int[], before_day date, upto date, structure date, known timestamptz)
  returns table (unit_id int, at_end bigint[], at_start bigint[]) language sql stable security definer set search_path = ''
  begin atomic
    select * from founding.founding_figures(array(select u from unnest(asked) u where units.in_my_branch(u)), before_day, upto, structure, known);
  end;
